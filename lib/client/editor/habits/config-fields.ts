import type { AnyNode } from "../../../sdk/define-node.ts";
import { type Registry, schemaOf } from "../../../sdk/registry.ts";

type Field = { control?: string; type?: unknown };
const known = new WeakMap<AnyNode, Readonly<Record<string, Field>>>();

/** The settings of a node type as JSON Schema properties, made once per type. */
export function fieldsOf(type: AnyNode): Readonly<Record<string, Field>> {
  let fields = known.get(type);
  if (!fields) {
    fields = (schemaOf(type.config) as { properties?: Record<string, Field> }).properties ?? {};
    known.set(type, fields);
  }
  return fields;
}

/** The first setting with this control. */
export const fieldWith = (type: AnyNode, control: string): string | undefined =>
  Object.entries(fieldsOf(type)).find(([, field]) => field.control === control)?.[0];

/** The node type that holds pictures: it gives images and has a setting that takes a list of them. */
export function pictureHolder(registry: Registry): { type: AnyNode; field: string } | undefined {
  for (const type of registry.nodes) {
    const field = fieldWith(type, "assets");
    if (field !== undefined && Object.values(type.outputs).some(({ kind }) => kind === "image")) return { type, field };
  }
  return undefined;
}

/** The node type that holds plain words: a long text is its only setting. */
export function textHolder(registry: Registry): { type: AnyNode; field: string } | undefined {
  for (const type of registry.nodes) {
    const names = Object.keys(fieldsOf(type));
    const field = fieldWith(type, "longtext");
    if (type.group === "words" && names.length === 1 && field !== undefined) return { type, field };
  }
  return undefined;
}
