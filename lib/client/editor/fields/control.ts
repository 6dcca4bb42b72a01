import type { TitledSchema } from "../../../sdk/plain-issues.ts";

/** How a setting is edited. Chosen from its JSON Schema alone; `raw` is what no rule knows. */
export type Control =
  | { kind: "text"; multiline: boolean; maxLength?: number; markdown: boolean }
  | { kind: "number"; integer: boolean; min?: number; max?: number; step: number; unit?: string; slider: boolean }
  | { kind: "switch" }
  /** One of a few words; `segmented` when all of them fit side by side. */
  | { kind: "choice"; options: readonly string[]; segmented: boolean }
  /** Some of a few words. */
  | { kind: "choices"; options: readonly string[] }
  | { kind: "words"; max?: number }
  | { kind: "color" }
  | { kind: "colors"; max?: number }
  | { kind: "model"; of: "text" | "image" }
  | { kind: "size"; presets: readonly string[] }
  /** Stored pictures, each `{ asset, note? }`. */
  | { kind: "assets"; max?: number }
  | { kind: "asset" }
  /** A stored look-up table. */
  | { kind: "lut" }
  /** Drawn in a dialog of its own. */
  | { kind: "drawing"; dialog: "mask" | "markup" }
  /** Points `[in, out]`, 0–1. */
  | { kind: "curve"; max?: number }
  /** A text, a number or yes/no. */
  | { kind: "scalar" }
  | { kind: "group"; fields: readonly Field[]; optional: boolean; seed: unknown }
  | { kind: "rows"; item: Field; max?: number; seed: unknown }
  /** One of several shapes, told apart by the constant in `key`. */
  | { kind: "shapes"; key: string; shapes: readonly Shape[] }
  /** A sheet of the library; `keeps`: the settings that would make one. */
  | { kind: "sheet"; keeps?: SheetParts }
  /** Set by the program; nobody edits it. */
  | { kind: "hidden" }
  /** A saved graph and its version. */
  | { kind: "linked-graph" }
  /** What the inputs of that graph are. */
  | { kind: "linked-inputs" }
  | { kind: "raw" };

/** Which settings of a node hold the parts of a sheet of its own. */
export type SheetParts = { name: string; text: string; extends?: string };

export type Shape = { value: string; title: string; fields: readonly Field[]; seed: unknown };

/** One setting as the inspector shows it. */
export type Field = {
  name: string;
  title: string;
  help?: string;
  /** What holds while the setting is left out; undefined when nothing does. */
  fallback?: unknown;
  required: boolean;
  /** Names that stay open until the step runs. */
  late: readonly string[];
  /** Shown only while these settings have these values (or one of them). */
  when?: Readonly<Record<string, unknown>>;
  control: Control;
};

/** At most so many words stand side by side. */
const SEGMENTS = 4;
/** A text that may be longer than this is written in a box that grows. */
const ONE_LINE = 500;

/** The settings of a JSON Schema object, in its order. */
export function fieldsOfSchema(schema: TitledSchema): Field[] {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property, required.has(name) && property.default === undefined),
  );
}

/** One setting. `required`: the document has to say something. */
export function fieldOf(name: string, schema: TitledSchema, required: boolean): Field {
  return {
    name,
    title: schema.title ?? sentence(name),
    help: schema.description as string | undefined,
    fallback: schema.default,
    required,
    late: (schema.late as string[] | undefined) ?? [],
    when: schema.when as Record<string, unknown> | undefined,
    control: controlOf(schema, required),
  };
}

function controlOf(schema: TitledSchema, required: boolean): Control {
  return byHint(schema) ?? byShape(schema, required);
}

function byHint(schema: TitledSchema): Control | undefined {
  const max = schema.maxItems as number | undefined;
  switch (schema.control) {
    case "longtext":
    case "template":
      return text(schema, true);
    case "markdown":
      return { ...text(schema, true), markdown: true };
    case "sheet":
      return { kind: "sheet", keeps: schema.keeps as SheetParts | undefined };
    case "hidden":
      return { kind: "hidden" };
    case "linked-graph":
      return { kind: "linked-graph" };
    case "linked-inputs":
      return { kind: "linked-inputs" };
    case "model":
      return { kind: "model", of: "text" };
    case "image-model":
      return { kind: "model", of: "image" };
    case "size":
      return { kind: "size", presets: (schema.examples as string[] | undefined) ?? [] };
    case "assets":
      return { kind: "assets", max };
    case "asset":
      return { kind: "asset" };
    case "lut":
      return { kind: "lut" };
    case "color":
      return { kind: "color" };
    case "mask-painter":
      return { kind: "drawing", dialog: "mask" };
    case "markup":
      return { kind: "drawing", dialog: "markup" };
    case "curve":
      return { kind: "curve", max };
    default:
      return undefined;
  }
}

function byShape(schema: TitledSchema, required: boolean): Control {
  const options = wordsOf(schema);
  if (options)
    return { kind: "choice", options, segmented: options.length <= SEGMENTS && options.join("").length <= 28 };
  const choices = (schema.anyOf ?? schema.oneOf) as TitledSchema[] | undefined;
  if (choices) return byChoices(choices, required);
  if (Array.isArray(schema.type)) return schema.type.every(isScalar) ? { kind: "scalar" } : { kind: "raw" };
  switch (schema.type) {
    case "string":
      return text(schema, Number(schema.maxLength ?? 0) > ONE_LINE);
    case "integer":
    case "number":
      return number(schema);
    case "boolean":
      return { kind: "switch" };
    case "array":
      return list(schema);
    case "object":
      return group(schema, required);
    default:
      return { kind: "raw" };
  }
}

function byChoices(choices: readonly TitledSchema[], required: boolean): Control {
  const several = choices.find(({ type }) => type === "array");
  // "one or a list of them" is edited as the list.
  if (several && choices.length === 2) return list(several);
  if (choices.every(({ type }) => isScalar(type))) return { kind: "scalar" };
  const key = Object.entries(choices[0]?.properties ?? {}).find(
    ([, { const: fixed }]) => typeof fixed === "string",
  )?.[0];
  if (key === undefined || !choices.every((one) => typeof one.properties?.[key]?.const === "string"))
    return choices.length === 1 && choices[0] ? controlOf(choices[0], required) : { kind: "raw" };
  const shapes = choices.map((one): Shape => {
    const value = one.properties?.[key]?.const as string;
    const fields = fieldsOfSchema(one).filter(({ name }) => name !== key);
    return { value, title: one.title ?? sentence(value), fields, seed: seedOf(one) };
  });
  return { kind: "shapes", key, shapes };
}

const isScalar = (type: unknown): boolean => type === "string" || type === "number" || type === "boolean";

function list(schema: TitledSchema): Control {
  const max = schema.maxItems as number | undefined;
  const item = schema.items;
  if (!item || typeof item !== "object") return { kind: "raw" };
  const options = wordsOf(item);
  if (options) return { kind: "choices", options };
  if (item.control === "color") return { kind: "colors", max };
  if (item.type === "string" && item.control === undefined) return { kind: "words", max };
  const inner = fieldOf("item", item, true);
  return inner.control.kind === "raw" ? { kind: "raw" } : { kind: "rows", item: inner, max, seed: seedOf(item) };
}

const group = (schema: TitledSchema, required: boolean): Control =>
  schema.properties
    ? {
        kind: "group",
        fields: fieldsOfSchema(schema),
        optional: !required && schema.default === undefined,
        seed: seedOf(schema),
      }
    : { kind: "raw" };

const text = (schema: TitledSchema, multiline: boolean): Extract<Control, { kind: "text" }> => ({
  kind: "text",
  multiline,
  maxLength: schema.maxLength as number | undefined,
  markdown: false,
});

function number(schema: TitledSchema): Control {
  const integer = schema.type === "integer";
  const min = bound(schema.minimum ?? schema.exclusiveMinimum);
  const max = bound(schema.maximum ?? schema.exclusiveMaximum);
  const step = integer ? 1 : min !== undefined && max !== undefined ? tenPower((max - min) / 100) : 0.1;
  return {
    kind: "number",
    integer,
    min,
    max,
    step,
    unit: schema.unit as string | undefined,
    slider: schema.control === "slider" && min !== undefined && max !== undefined,
  };
}

/** A bound a person would name; the ends of what a double holds are none. */
const bound = (value: unknown): number | undefined =>
  typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;

const tenPower = (value: number): number => 10 ** Math.floor(Math.log10(value) + 1e-9);

const wordsOf = ({ enum: words }: TitledSchema): string[] | undefined =>
  Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;

/** What a new entry of a list, or a group that is switched on, starts with. */
export function seedOf(schema: TitledSchema): unknown {
  const [example] = (schema.examples as unknown[] | undefined) ?? [];
  if (example !== undefined) return example;
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  const words = wordsOf(schema);
  if (words) return words[0];
  switch (schema.type) {
    case "object": {
      const required = new Set((schema.required as string[] | undefined) ?? []);
      const own = Object.entries(schema.properties ?? {}).filter(
        ([name, one]) => required.has(name) && one.default === undefined,
      );
      return Object.fromEntries(own.map(([name, one]) => [name, seedOf(one)]));
    }
    case "array":
      return [];
    case "number":
    case "integer":
      return Math.max(0, bound(schema.minimum) ?? 0);
    case "boolean":
      return false;
    case "string":
      return "";
    default:
      return undefined;
  }
}

/** `safeArea` → "Safe area". */
export function sentence(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_]+/g, " ")
    .toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
