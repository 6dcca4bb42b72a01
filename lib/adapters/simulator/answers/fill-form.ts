import type { Line } from "./checklist.ts";
import { fillNumber, fillString, isGiven } from "./fill-field.ts";
import type { Judgement } from "./score-picture.ts";

/** A JSON Schema, or part of one. */
export type Schema = { readonly [key: string]: unknown };

/** All a form is filled from. */
export type Form = {
  root: Schema;
  lines: readonly Line[];
  /** Picture numbers from 0, best first. */
  order: readonly number[];
  pictures: number;
  /** What can be read in the first picture. */
  lettering: string;
  judge(
    line: Line | null,
    picture: number,
    sample: number,
  ): Judgement & { focus: { x: number; y: number; width: number; height: number } };
  lineFor(id: string): Line;
};

/** Where in the form we are: which question, which picture, which of several opinions, under which key. */
export type Place = { key: string; line: Line | null; picture: number; sample: number; depth: number };

const START: Place = { key: "", line: null, picture: 0, sample: 0, depth: 0 };
/** Keys that describe a judgement; any other key that holds an object or a score is taken for the id of a question. */
const KNOWN =
  /^(id|key|name|check|criterion|question|score|rating|value|confidence|probability|passed|pass|ok|met|approved|reason|why|explanation|rationale|comment|notes?|summary|feedback|box|bbox|region|area|where|x|y|w|h|width|height|left|top|right|bottom|checks?|items?|results?|answers?|lines|checklist|samples|opinions|candidates|pictures|images|ranking|order|best|winner|index|choice|pick|picks|selected|overall|verdict|decision|text|read)$/i;

/** Two choices that name the pictures by where they stand. */
const PLACES = [/^(first|a|1|left)$/i, /^(second|b|2|right)$/i];

/** A value valid for the schema. */
export function fillForm(form: Form, given: Schema, place: Place = START): unknown {
  const schema = resolve(form, given);
  if (place.depth > 24) return null;
  if ("const" in schema) return schema.const;
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices)
    return fillForm(form, choices.find((one) => resolve(form, one).type !== "null") ?? choices[0]!, {
      ...place,
      depth: place.depth + 1,
    });
  if (schema.allOf)
    return fillForm(form, Object.assign({}, ...(schema.allOf as Schema[]).map((one) => resolve(form, one))) as Schema, {
      ...place,
      depth: place.depth + 1,
    });
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string];
  const type = types.find((one) => one !== "null") ?? (schema.properties ? "object" : schema.enum ? "string" : "null");
  if (schema.enum) return fillEnum(form, schema.enum as unknown[], place);
  if (type === "object") return fillObject(form, schema, place);
  if (type === "array") return fillArray(form, schema, place);
  if (type === "number" || type === "integer") return fillNumber(form, schema, place, type === "integer");
  if (type === "boolean") return form.judge(place.line, place.picture, place.sample).score >= 0.6;
  if (type === "string") return fillString(form, schema, place);
  return null;
}

function fillObject(form: Form, schema: Schema, place: Place): unknown {
  const entries = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      const line = KNOWN.test(key) ? place.line : form.lineFor(key);
      return [key, fillForm(form, inner, { ...place, key, line, depth: place.depth + 1 })];
    }),
  );
}

function fillArray(form: Form, schema: Schema, place: Place): unknown {
  const items = resolve(form, (schema.items ?? {}) as Schema);
  const least = (schema.minItems as number | undefined) ?? 0;
  const most = (schema.maxItems as number | undefined) ?? 64;
  const fit = (count: number) => Math.max(least, Math.min(most, count));
  const each = (count: number, at: (i: number) => Partial<Place>) =>
    Array.from({ length: count }, (_, i) => fillForm(form, items, { ...place, depth: place.depth + 1, ...at(i) }));
  if (/^(samples|opinions|tries|votes)$/i.test(place.key)) return each(fit(1), (i) => ({ sample: i }));
  if (/^(ranking|order|picks|best|winners)$/i.test(place.key) && items.type === "integer") {
    const base = Number(items.minimum ?? 0);
    return form.order.slice(0, fit(form.order.length)).map((picture) => picture + base);
  }
  if (/^(box|bbox|region|area|where)$/i.test(place.key) && least === 4)
    return ["x", "y", "w", "h"].map((key) => fillForm(form, items, { ...place, key, depth: place.depth + 1 }));
  if (isGiven(items) && form.pictures > 1 && /candidates|pictures|images|scores/i.test(place.key))
    return each(fit(form.pictures), (i) => ({ picture: i }));
  const ids = idsOf(form, items);
  if (ids.length > 0) return each(fit(ids.length), (i) => ({ line: form.lineFor(ids[i % ids.length]!) }));
  return each(fit(items.type === "object" ? 1 : Math.max(least, 2)), (i) => ({ sample: i }));
}

/** The questions an array of answers must go through: ids the schema allows, else those listed in the text. */
function idsOf(form: Form, items: Schema): string[] {
  const properties = (items.properties ?? {}) as Record<string, Schema>;
  for (const key of ["id", "key", "check", "name", "criterion"]) {
    const inner = properties[key] && resolve(form, properties[key]);
    if (!inner) continue;
    if (inner.enum) return (inner.enum as unknown[]).map(String);
    return form.lines.map((line) => line.id);
  }
  return [];
}

function fillEnum(form: Form, values: readonly unknown[], place: Place): unknown {
  if (place.line && values.includes(place.line.id)) return place.line.id;
  const places = form.pictures > 1 && values.length === 2 && PLACES.every((sign, i) => sign.test(String(values[i])));
  if (places) return values[form.order[0] === 0 ? 0 : 1];
  const { score } = form.judge(place.line, place.picture, place.sample);
  const good = values.find((value) => /^(pass|yes|good|approve|approved|ok|true|high)$/i.test(String(value)));
  const bad = values.find((value) => /^(fail|no|bad|reject|rejected|false|low)$/i.test(String(value)));
  if (good !== undefined && bad !== undefined) return score >= 0.6 ? good : bad;
  return values[Math.min(values.length - 1, Math.floor((1 - score) * values.length))];
}

function resolve(form: Form, schema: Schema): Schema {
  const ref = schema.$ref;
  if (typeof ref !== "string" || !ref.startsWith("#")) return schema;
  const found = ref
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (inner, key) => (inner as Schema | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
      form.root,
    );
  return resolve(form, (found ?? {}) as Schema);
}
