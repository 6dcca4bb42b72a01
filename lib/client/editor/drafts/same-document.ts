import { canonical } from "../../../engine/canonical.ts";
import { Graph } from "../../../protocol/graph.ts";

/** True when two documents say the same, however they are spelled: order of keys, defaults written out or left out. */
export function sameDocument(a: Graph, b: Graph): boolean {
  if (a === b) return true;
  if (canonical(a) === canonical(b)) return true;
  return spelled(a) === spelled(b);
}

/** True when two values of a document are equal; absent and undefined are alike. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) ||
  (a !== undefined &&
    b !== undefined &&
    typeof a === "object" &&
    typeof b === "object" &&
    canonical(a) === canonical(b));

function spelled(graph: Graph): string {
  const parsed = Graph.safeParse(graph);
  return canonical(parsed.success ? parsed.data : graph);
}

/**
 * `next` with the very objects of `known` wherever a node, an edge or a frame did not change: what is drawn from it draws only its news.
 */
export function keepingObjects(known: Graph, next: Graph): Graph {
  return {
    ...next,
    inputs: sameValue(known.inputs, next.inputs) ? known.inputs : next.inputs,
    nodes: kept(known.nodes, next.nodes),
    edges: kept(known.edges, next.edges),
    frames: kept(known.frames, next.frames),
  };
}

function kept<T extends { id: string }>(known: T[], next: T[]): T[] {
  const old = new Map(known.map((one) => [one.id, one]));
  const list = next.map((one) => {
    const before = old.get(one.id);
    return before !== undefined && sameValue(before, one) ? before : one;
  });
  return list.length === known.length && list.every((one, index) => one === known[index]) ? known : list;
}
