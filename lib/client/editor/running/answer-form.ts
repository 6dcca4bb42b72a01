/** The parts of a JSON Schema this form reads. */
type Schema = {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};

export type AnswerField = {
  name: string;
  title: string;
  kind: "choice" | "text" | "number" | "boolean" | "json";
  options?: readonly string[];
  required: boolean;
  start: string;
};
/** One way to answer: its fields, and what it says without asking. */
export type AnswerWay = { title: string; fixed: Record<string, unknown>; fields: readonly AnswerField[] };

/** The ways to answer a step that waits, from the JSON Schema of its answer; a schema of alternatives gives one way for each. */
export function answerWays(schema: object): AnswerWay[] {
  const { anyOf, oneOf } = schema as Schema;
  const ways = (anyOf ?? oneOf ?? [schema as Schema]).filter((way) => way.properties);
  if (ways.length === 0) return [{ title: "Answer", fixed: {}, fields: [field("", schema as Schema, true)] }];
  return ways.map((way) => {
    const all = Object.entries(way.properties ?? {});
    const fixed = Object.fromEntries(
      all.filter(([, one]) => one.const !== undefined).map(([k, one]) => [k, one.const]),
    );
    return {
      title: way.title ?? words(String(Object.values(fixed)[0] ?? "Answer")),
      fixed,
      fields: all
        .filter(([, one]) => one.const === undefined)
        .map(([name, one]) => field(name, one, way.required?.includes(name) === true)),
    };
  });
}

function field(name: string, schema: Schema, required: boolean): AnswerField {
  const start = schema.default === undefined ? "" : text(schema.default);
  const base = { name, title: schema.title ?? (name === "" ? "Answer" : words(name)), required, start };
  if (schema.enum?.every((one) => typeof one === "string"))
    return { ...base, kind: "choice", options: schema.enum as string[] };
  const kind = { string: "text", number: "number", integer: "number", boolean: "boolean" }[String(schema.type)];
  return { ...base, kind: (kind as AnswerField["kind"] | undefined) ?? "json" };
}

/** The answer a filled-in form gives. Fields left empty are left out. Throws SyntaxError for a field that is not the JSON it should be. */
export function answerOf(way: AnswerWay, values: Readonly<Record<string, string>>): unknown {
  const given = way.fields.flatMap(({ name, kind, start }): [string, unknown][] => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? "") : start;
    if (kind === "boolean") return [[name, value === "true"]];
    if (value === "") return [];
    return [[name, kind === "number" ? Number(value) : kind === "json" ? JSON.parse(value) : value]];
  });
  if (way.fields.length === 1 && way.fields[0]?.name === "") return given[0]?.[1];
  return { ...way.fixed, ...Object.fromEntries(given) };
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** `sendBack` → `Send back`. */
const words = (name: string): string => {
  const spaced = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
