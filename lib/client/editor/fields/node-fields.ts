import type { AnyNode, GROUPS } from "../../../sdk/define-node.ts";
import type { TitledSchema } from "../../../sdk/plain-issues.ts";
import { type Registry, schemaOf } from "../../../sdk/registry.ts";
import type { LateNames } from "../edit/inputs.ts";
import { type Field, fieldsOfSchema } from "./control.ts";

const schemas = new WeakMap<AnyNode, TitledSchema>();
const fields = new WeakMap<AnyNode, readonly Field[]>();

/** The JSON Schema of a type's settings, made once. */
export function settingsSchema(type: AnyNode): TitledSchema {
  let schema = schemas.get(type);
  if (!schema) {
    schema = schemaOf(type.config);
    schemas.set(type, schema);
  }
  return schema;
}

/** The settings of a node type, in the order of its schema, made once. */
export function fieldsOf(type: AnyNode): readonly Field[] {
  let list = fields.get(type);
  if (!list) {
    list = fieldsOfSchema(settingsSchema(type));
    fields.set(type, list);
  }
  return list;
}

/** The settings that matter as the node stands: those whose `when` holds. The others keep what they say. */
export function shownFields(type: AnyNode, config: Readonly<Record<string, unknown>>): Field[] {
  const all = fieldsOf(type);
  return all.filter(
    ({ when, control }) =>
      control.kind !== "hidden" &&
      (!when || Object.entries(when).every(([name, wanted]) => holds(all, config, name, wanted))),
  );
}

function holds(
  all: readonly Field[],
  config: Readonly<Record<string, unknown>>,
  name: string,
  wanted: unknown,
): boolean {
  const value = config[name] ?? all.find((field) => field.name === name)?.fallback;
  // What a graph input decides is not known here: everything it could ask for is shown.
  if (typeof value === "object" || (typeof value === "string" && value.includes("{{"))) return true;
  return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
}

/** Settings in the document that the type does not know; kept, never run. The common setting of all nodes is not among them. */
export function unknownSettings(type: AnyNode | undefined, config: Readonly<Record<string, unknown>>): string[] {
  const known = new Set(["onError", ...(type ? fieldsOf(type).map(({ name }) => name) : [])]);
  return Object.keys(config).filter((name) => !known.has(name));
}

/** What people call the groups of node types. */
export const GROUP_TITLES: Record<(typeof GROUPS)[number], string> = {
  words: "Words",
  sources: "Sources",
  model: "Model",
  image: "Picture",
  quality: "Quality",
  output: "Output",
  plumbing: "Plumbing",
};

/** The late names of every setting of the types there are. */
export const lateNames =
  (registry: Registry): LateNames =>
  (node, field) =>
    fieldsOfNode(registry, node.type).find(({ name }) => name === field)?.late ?? [];

const fieldsOfNode = (registry: Registry, name: string): readonly Field[] => {
  const type = registry.get(name);
  return type ? fieldsOf(type) : [];
};
