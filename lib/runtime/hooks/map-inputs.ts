import type { GraphInput } from "../../protocol/graph.ts";
import { type Problem, problem } from "../../protocol/problems.ts";

type Mapping = { mapping: Record<string, string>; inputs: Record<string, unknown> };

/** The value at a dotted path: own properties of objects, positions of lists, and nothing that is inherited. */
export function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    if (Array.isArray(value) && !/^\d{1,6}$/.test(name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** What a body gives to a template's inputs: what is always the same, else what stands at the input's path, else at the body's property of its name. */
export function inputsFrom(declared: readonly GraphInput[], { mapping, inputs }: Mapping, body: unknown) {
  const entries = declared.map(({ key }): [string, unknown] => {
    if (Object.hasOwn(inputs, key)) return [key, inputs[key]];
    const path = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
    return [key, valueAt(body, path ?? key)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** Inputs a hook speaks of that the template has not. */
export function unknownInputs(declared: readonly GraphInput[], { mapping, inputs }: Mapping): Problem[] {
  const known = new Set(declared.map(({ key }) => key));
  const at = (field: string, of: object) =>
    Object.keys(of)
      .filter((key) => !known.has(key))
      .map((key) =>
        problem("UNKNOWN_INPUT", `The template has no input "${key}"; it has ${[...known].join(", ") || "none"}.`, {
          field: `${field}.${key}`,
        }),
      );
  return [...at("mapping", mapping), ...at("inputs", inputs)];
}
