import { LIMITS } from "../protocol/limits.ts";
import { type FillProblem, fillText, inert, type Scope } from "./fill.ts";

/** Where a value stands in a config. */
export type ConfigPath = readonly (string | number)[];

export type FilledConfig = {
  config: Record<string, unknown>;
  /** `field`: path within the config, joined by dots. */
  problems: (FillProblem & { field: string })[];
  /** Settings filled from inputs that have no value yet. */
  missing: ReadonlySet<string>;
  /** Places bound to one image: should the setting want a list, it is wrapped. */
  images: readonly ConfigPath[];
};

type Walk = {
  scope: Scope;
  late: readonly string[];
  problems: FilledConfig["problems"];
  missing: Set<string>;
  images: ConfigPath[];
};

/** Nothing stands here: the default of the setting applies. */
const ABSENT = Symbol("absent");

/** Puts the graph's inputs into a config: into texts by `{{key}}`, for whole settings by `{ "$input": "key" }`. */
export function fillConfig(
  config: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, { late?: readonly string[] }>>,
  scope: Scope,
): FilledConfig {
  const walk: Walk = { scope, late: [], problems: [], missing: new Set(), images: [] };
  const entries = Object.entries(config).flatMap(([name, value]): [string, unknown][] => {
    const late = Object.hasOwn(fields, name) ? (fields[name]?.late ?? []) : [];
    const filled = fill(value, [name], { ...walk, late });
    return filled === ABSENT ? [] : [[name, filled]];
  });
  const { problems, missing, images } = walk;
  return { config: Object.fromEntries(entries), problems, missing, images };
}

function fill(value: unknown, path: ConfigPath, walk: Walk): unknown {
  if (typeof value === "string") return fillString(value, path, walk);
  if (path.length > LIMITS.jsonDepth || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      const filled = fill(item, [...path, index], walk);
      if (filled === ABSENT) return [];
      // A list of images bound where one entry stands takes the place of that entry.
      return Array.isArray(filled) && isBinding(item) ? filled : [filled];
    });
  if (isBinding(value)) return bind(value.$input, path, walk);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const filled = fill(item, [...path, name], walk);
      return filled === ABSENT ? [] : [[name, filled]];
    }),
  );
}

function fillString(template: string, path: ConfigPath, walk: Walk): string {
  const filled = fillText(template, walk.scope, walk.late);
  if (filled.missing) walk.missing.add(String(path[0]));
  for (const problem of filled.problems) walk.problems.push({ ...problem, field: path.join(".") });
  return filled.text;
}

function bind(key: string, path: ConfigPath, walk: Walk): unknown {
  const { values, missing } = walk.scope;
  if (!Object.hasOwn(values, key)) {
    const message = `{ "$input": "${key}" } names no input of this graph.`;
    walk.problems.push({ code: "UNKNOWN_VARIABLE", message, field: path.join(".") });
    return ABSENT;
  }
  if (missing.has(key)) walk.missing.add(String(path[0]));
  const value = values[key];
  if (value === undefined || value === null) return ABSENT;
  if (typeof value === "string") return walk.late.length > 0 ? inert(value) : value;
  if (typeof value === "object" && !Array.isArray(value)) walk.images.push(path);
  return value;
}

const isBinding = (value: unknown): value is { $input: string } =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === 1 &&
  Object.hasOwn(value, "$input") &&
  typeof (value as { $input: unknown }).$input === "string";

/** A copy of a config in which the value at `path` has become a list of one. */
export function wrapped(config: Readonly<Record<string, unknown>>, path: ConfigPath): Record<string, unknown> {
  const copy = structuredClone(config) as Record<string, unknown>;
  let holder = copy as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>;
  const last = path.at(-1) as string | number;
  holder[last] = [holder[last]];
  return copy;
}
