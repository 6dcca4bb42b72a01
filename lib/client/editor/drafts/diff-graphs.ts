import type { Graph, GraphEdge, GraphInput, GraphNode } from "../../../protocol/graph.ts";
import { sameValue } from "./same-document.ts";

type Frame = Graph["frames"][number];

/** One difference between two documents; `before` or `after` is undefined where that side has nothing. */
export type GraphChange =
  | { kind: "node-added" | "node-removed"; node: GraphNode }
  | { kind: "node-moved"; nodeId: string; before: GraphNode["position"]; after: GraphNode["position"] }
  | { kind: "setting"; nodeId: string; setting: string; before: unknown; after: unknown }
  /** Anything of a node that is neither its place nor a setting: title, take, mode, pin, size … */
  | { kind: "node-field"; nodeId: string; field: string; before: unknown; after: unknown }
  | { kind: "edge-added" | "edge-removed"; edge: GraphEdge }
  | { kind: "edge-changed"; before: GraphEdge; after: GraphEdge }
  | { kind: "frame-added" | "frame-removed"; frame: Frame }
  | { kind: "frame-changed"; before: Frame; after: Frame }
  | { kind: "input-added" | "input-removed"; input: GraphInput }
  | { kind: "input-changed"; before: GraphInput; after: GraphInput }
  /** Name, description and whatever else belongs to the graph as a whole. */
  | { kind: "graph-field"; field: string; before: unknown; after: unknown }
  /** The same things in another order. */
  | { kind: "order"; list: "nodes" | "edges" | "frames" | "inputs" };

const LISTS = new Set(["nodes", "edges", "frames", "inputs"]);
const NODE_PARTS = new Set(["id", "position", "config"]);

/** Everything that is different between two documents, in the order people read them; empty for equal ones. */
export function diffGraphs(before: Graph, after: Graph): GraphChange[] {
  return [
    ...fieldsOf(before, after, LISTS).map((one) => ({ kind: "graph-field" as const, ...one })),
    ...lists(before.inputs, after.inputs, ({ key }) => key, {
      added: (input) => [{ kind: "input-added", input }],
      removed: (input) => [{ kind: "input-removed", input }],
      changed: (a, b) => [{ kind: "input-changed", before: a, after: b }],
      order: { kind: "order", list: "inputs" },
    }),
    ...lists(before.nodes, after.nodes, idOf, {
      added: (node) => [{ kind: "node-added", node }],
      removed: (node) => [{ kind: "node-removed", node }],
      changed: diffNodes,
      order: { kind: "order", list: "nodes" },
    }),
    ...lists(before.edges, after.edges, idOf, {
      added: (edge) => [{ kind: "edge-added", edge }],
      removed: (edge) => [{ kind: "edge-removed", edge }],
      changed: (a, b) => [{ kind: "edge-changed", before: a, after: b }],
      order: { kind: "order", list: "edges" },
    }),
    ...lists(before.frames, after.frames, idOf, {
      added: (frame) => [{ kind: "frame-added", frame }],
      removed: (frame) => [{ kind: "frame-removed", frame }],
      changed: (a, b) => [{ kind: "frame-changed", before: a, after: b }],
      order: { kind: "order", list: "frames" },
    }),
  ];
}

const idOf = ({ id }: { id: string }): string => id;

function diffNodes(before: GraphNode, after: GraphNode): GraphChange[] {
  const nodeId = after.id;
  const moved: GraphChange[] = sameValue(before.position, after.position)
    ? []
    : [{ kind: "node-moved", nodeId, before: before.position, after: after.position }];
  return [
    ...fieldsOf(before, after, NODE_PARTS).map((one) => ({ kind: "node-field" as const, nodeId, ...one })),
    ...fieldsOf(before.config, after.config).map(({ field: setting, ...one }) => ({
      kind: "setting" as const,
      nodeId,
      setting,
      ...one,
    })),
    ...moved,
  ];
}

function fieldsOf(
  before: object,
  after: object,
  not: ReadonlySet<string> = new Set(),
): { field: string; before: unknown; after: unknown }[] {
  const [a, b] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((field) => !not.has(field) && !sameValue(a.get(field), b.get(field)))
    .map((field) => ({ field, before: a.get(field), after: b.get(field) }));
}

function lists<T>(
  before: readonly T[],
  after: readonly T[],
  key: (one: T) => string,
  says: {
    added(one: T): GraphChange[];
    removed(one: T): GraphChange[];
    changed(before: T, after: T): GraphChange[];
    order: GraphChange;
  },
): GraphChange[] {
  const [old, now] = [new Map(before.map((one) => [key(one), one])), new Map(after.map((one) => [key(one), one]))];
  const kept = before.map(key).filter((id) => now.has(id));
  const keptNow = after.map(key).filter((id) => old.has(id));
  // New ones stand at the end unless somebody moved them: anywhere else is an order of its own.
  const asExpected = [...keptNow, ...after.map(key).filter((id) => !old.has(id))];
  const reordered = kept.some((id, at) => id !== keptNow[at]) || after.some((one, at) => key(one) !== asExpected[at]);
  return [
    ...before.filter((one) => !now.has(key(one))).flatMap((one) => says.removed(one)),
    ...after.flatMap((one) => {
      const was = old.get(key(one));
      if (was === undefined) return says.added(one);
      return was === one || sameValue(was, one) ? [] : says.changed(was, one);
    }),
    ...(reordered ? [says.order] : []),
  ];
}
