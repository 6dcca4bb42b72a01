import * as z from "zod";
import type { AnyNode, Effect, Example, Group } from "./define-node.ts";
import type { TitledSchema } from "./plain-issues.ts";
import type { Ports } from "./ports.ts";

/** What `GET /api/nodes` serves of a type: everything a canvas needs to draw it, as plain JSON. */
export type NodeInfo = {
  type: string;
  version: number;
  title: string;
  group: Group;
  icon?: string;
  docs: string;
  effect: Effect;
  /** True when a step of this type may wait for an answer. */
  waits: boolean;
  runs: boolean;
  inputs: Ports;
  outputs: Ports;
  /** JSON Schema (draft 2020-12) of the settings as a person writes them, with titles and `control` hints. */
  config: TitledSchema;
  /** JSON Schema of the answer a waiting step takes. */
  answer?: TitledSchema;
  examples: Pick<Example, "name" | "config" | "inputs">[];
};

/** Node types by name: a fixed list, never an import by a path that came with a graph. */
export type Registry = {
  get(type: string): AnyNode | undefined;
  readonly nodes: readonly AnyNode[];
  nodeInfo(): NodeInfo[];
};

const written = new WeakMap<z.ZodType, TitledSchema>();

/** The JSON Schema of a zod schema as a person writes it: defaults optional, `.meta()` kept. The same object every time: not to be changed. */
export function schemaOf(schema: z.ZodType): TitledSchema {
  const known = written.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as TitledSchema;
  written.set(schema, made);
  return made;
}

const infoOf = (node: AnyNode): NodeInfo => ({
  type: node.type,
  version: node.version,
  title: node.title,
  group: node.group,
  icon: node.icon,
  docs: node.docs,
  effect: node.effect,
  waits: node.answer !== undefined,
  runs: node.runs !== false,
  inputs: node.inputs,
  outputs: node.outputs,
  config: schemaOf(node.config),
  ...(node.answer ? { answer: schemaOf(node.answer) } : {}),
  examples: node.examples.map(({ name, config, inputs }) => ({ name, config, inputs })),
});

/** Throws when two files claim the same type. */
export function createRegistry(nodes: readonly AnyNode[]): Registry {
  const byType = new Map<string, AnyNode>();
  for (const node of nodes) {
    if (byType.has(node.type)) throw new Error(`Two node files define the type "${node.type}".`);
    byType.set(node.type, node);
  }
  const sorted = [...nodes].sort((a, b) => (a.type < b.type ? -1 : 1));
  let info: NodeInfo[] | undefined;
  return {
    nodes: sorted,
    get: (type) => byType.get(type),
    nodeInfo() {
      info ??= sorted.map(infoOf);
      return info;
    },
  };
}
