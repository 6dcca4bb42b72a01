import type { GraphInput } from "../../../protocol/graph.ts";
import type { Control, Field } from "./control.ts";

export type Binding = { $input: string };

/** Does an input of the graph decide this setting? */
export const isBinding = (value: unknown): value is Binding =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === 1 &&
  typeof (value as { $input?: unknown }).$input === "string";

/** The types of graph inputs whose values a control could take, best first; none for what only a hand can make. */
export function inputTypesFor(control: Control): readonly GraphInput["type"][] {
  switch (control.kind) {
    case "text":
      return control.multiline ? ["longtext", "text", "choice", "number"] : ["text", "longtext", "choice", "number"];
    case "number":
      return ["number"];
    case "switch":
      return ["boolean"];
    case "choice":
      return ["choice"];
    case "color":
      return ["color", "text"];
    case "model":
    case "size":
      return ["text", "choice"];
    case "asset":
    case "assets":
      return ["image"];
    case "scalar":
      return ["text", "number", "boolean", "choice"];
    default:
      return [];
  }
}

/** The graph's inputs that this setting may be bound to. */
export function inputsFitting(control: Control, inputs: readonly GraphInput[]): GraphInput[] {
  const types = inputTypesFor(control);
  return inputs.filter(({ type }) => types.includes(type));
}

/** A graph input made for a setting: its type, title, bounds, and what the setting says now as its default. */
export function inputFor(field: Field, value: unknown, key: string): GraphInput | undefined {
  const { control } = field;
  const [type] = inputTypesFor(control);
  if (type === undefined) return undefined;
  const said = value ?? field.fallback;
  const input: GraphInput = { key, title: field.title, type, required: field.required };
  if (said !== undefined && said !== "" && !(Array.isArray(said) && said.length === 0)) input.default = said;
  if (control.kind === "number") {
    if (control.min !== undefined) input.min = control.min;
    if (control.max !== undefined) input.max = control.max;
  }
  if (control.kind === "choice") input.options = [...control.options];
  if (control.kind === "assets") input.many = true;
  return input;
}

/** What a setting says once it is no longer bound: the input's default, so that nothing changes by letting go. */
export function unboundValue(field: Field, input: GraphInput | undefined): unknown {
  const given = input?.default;
  if (given === undefined || given === null) return undefined;
  if (field.control.kind === "assets") return Array.isArray(given) ? given : [given];
  if (field.control.kind === "asset" && typeof given === "object") return (given as { asset?: unknown }).asset;
  return structuredClone(given);
}
