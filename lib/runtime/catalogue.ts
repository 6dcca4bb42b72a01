import type { Catalogue, NodeShape } from "../engine/types.ts";
import type { Problem } from "../protocol/problems.ts";
import type { AnyNode } from "../sdk/define-node.ts";
import { plainIssues, type TitledSchema } from "../sdk/plain-issues.ts";
import { type Registry, schemaOf } from "../sdk/registry.ts";

const asErrors = (problems: Omit<Problem, "level" | "node">[] = []): Omit<Problem, "node">[] =>
  problems.map((problem) => ({ level: "error", ...problem }));

/** Without a prototype, so that a setting called `constructor` is as unknown as any other. */
function fieldsOf(schema: TitledSchema): NodeShape["fields"] {
  const fields: NodeShape["fields"] = Object.create(null);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    fields[name] = Array.isArray(property.late) ? { late: property.late as string[] } : {};
  }
  return fields;
}

function migrate(node: AnyNode, config: Record<string, unknown>, from: number): Record<string, unknown> {
  let current = config;
  for (let version = from; version < node.version; version += 1) {
    current = node.migrate?.[version]?.(current) ?? current;
  }
  return current;
}

/** The settings with the wrong ones fallen back to their defaults, so that the others can still be judged. */
function withoutWrong(node: AnyNode, config: Record<string, unknown>, wrong: ReadonlySet<string | undefined>) {
  return node.config.safeParse(Object.fromEntries(Object.entries(config).filter(([name]) => !wrong.has(name))));
}

const settingsOf = (found: { field?: string | undefined }[]) => new Set(found.map(({ field }) => field?.split(".")[0]));

/** With some settings wrong, the others are still checked, and what is then found elsewhere is added. */
function moreProblems(
  node: AnyNode,
  config: Record<string, unknown>,
  found: Omit<Problem, "level" | "node">[],
): Omit<Problem, "level" | "node">[] {
  const wrong = settingsOf(found);
  const rest = withoutWrong(node, config, wrong);
  if (!rest.success) return found;
  const more = node.check?.(rest.data) ?? [];
  return [...found, ...more.filter(({ field }) => !wrong.has(field?.split(".")[0]))];
}

/** A node type as the engine knows it. Settings the schema does not name are dropped from the parsed config; the engine warns of them. */
export function shapeOf(node: AnyNode): NodeShape {
  const schema = schemaOf(node.config);
  return {
    type: node.type,
    version: node.version,
    effect: node.effect,
    inputs: node.inputs,
    outputs: node.outputs,
    waits: node.answer !== undefined,
    runs: node.runs !== false,
    fields: fieldsOf(schema),
    notKeyed: Object.entries(schema.properties ?? {}).flatMap(([name, { notKeyed }]) =>
      notKeyed === true ? [name] : [],
    ),
    parse(config) {
      const parsed = node.config.safeParse(config, { reportInput: true });
      if (!parsed.success)
        return { config, problems: asErrors(moreProblems(node, config, plainIssues(parsed.error.issues, schema))) };
      return { config: parsed.data, problems: asErrors(node.check?.(parsed.data)) };
    },
    checkWiring(config, wired) {
      if (!node.checkWiring) return [];
      const parsed = node.config.safeParse(config);
      const wrong = parsed.success ? [] : plainIssues(parsed.error.issues, schema);
      const rest = parsed.success ? parsed : withoutWrong(node, config, settingsOf(wrong));
      return rest.success ? asErrors(node.checkWiring(rest.data, wired)) : [];
    },
    ...(node.heeds ? { heeds: node.heeds } : {}),
    ...(node.link ? { link: (config) => node.link?.(config) } : {}),
    ...(node.portsFor ? { ports: (config) => node.portsFor?.(config) ?? node } : {}),
    expands: (config, lists) => node.expands?.(config, lists) ?? 1,
    migrate: (config, from) => migrate(node, config, from),
  };
}

/** The engine's view of a registry, made once. */
export function catalogueOf(registry: Registry): Catalogue {
  const shapes = new Map(registry.nodes.map((node) => [node.type, shapeOf(node)]));
  return { get: (type) => shapes.get(type), types: () => [...shapes.keys()] };
}
