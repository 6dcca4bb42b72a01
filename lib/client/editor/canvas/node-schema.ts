import type { AnyNode } from "../../../sdk/define-node.ts";
import type { TitledSchema } from "../../../sdk/plain-issues.ts";
import { schemaOf } from "../../../sdk/registry.ts";

/** One setting as a card sees it. */
export type Setting = { field: string; schema: TitledSchema };

const known = new WeakMap<AnyNode, readonly Setting[]>();

/** The settings of a type in the order of its schema; worked out once per type. */
export function settingsOf(type: AnyNode): readonly Setting[] {
  let settings = known.get(type);
  if (!settings) {
    settings = Object.entries(schemaOf(type.config).properties ?? {}).map(([field, schema]) => ({ field, schema }));
    known.set(type, settings);
  }
  return settings;
}

/** Does this setting count under the others as they stand? Its schema's `when` names the values it needs. */
export function applies(setting: Setting, config: Record<string, unknown>, all: readonly Setting[]): boolean {
  const when = setting.schema.when as Record<string, unknown> | undefined;
  return Object.entries(when ?? {}).every(([field, wanted]) => {
    const value = config[field] ?? all.find((one) => one.field === field)?.schema.default;
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
  });
}
