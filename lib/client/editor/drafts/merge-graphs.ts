import type { Graph, GraphEdge, GraphInput, GraphNode } from "../../../protocol/graph.ts";
import { leadsTo } from "../edit/connect.ts";
import { sameValue } from "./same-document.ts";

/** Something both sides changed, each in its own way. Ids and names only: words are made where titles are known. */
export type MergeConflict =
  | { at: "graph"; field: string }
  | { at: "input"; key: string }
  | { at: "node"; nodeId: string; field?: string; setting?: string }
  | { at: "edge"; edgeId: string }
  | { at: "frame"; frameId: string }
  /** Both sides wired the same single-valued port. */
  | { at: "port"; nodeId: string; port: string }
  /** Wires of both sides make a circle together. */
  | { at: "circle"; nodeId: string };

/** Says whether a port takes several wires; without an answer every port is taken to take one. */
export type TakesMany = (node: GraphNode, port: string) => boolean;

/**
 * Brings the changes of two sides together, setting by setting. `graph` is there only when nothing was changed on both sides in different
 * ways: a merge never chooses.
 */
export function mergeGraphs(
  base: Graph,
  mine: Graph,
  theirs: Graph,
  takesMany: TakesMany = () => false,
): { graph?: Graph; conflicts: MergeConflict[] } {
  const conflicts: MergeConflict[] = [];
  const { inputs: _i, nodes: _n, edges: _e, frames: _f, ...rest } = base;
  const { inputs: _i1, nodes: _n1, edges: _e1, frames: _f1, ...restMine } = mine;
  const { inputs: _i2, nodes: _n2, edges: _e2, frames: _f2, ...restTheirs } = theirs;
  const whole = mergeFields(rest, restMine, restTheirs, (field) => conflicts.push({ at: "graph", field }));
  const inputs = mergeLists<GraphInput>(
    base.inputs,
    mine.inputs,
    theirs.inputs,
    ({ key }) => key,
    (key) => conflicts.push({ at: "input", key }),
  );
  const nodes = mergeLists<GraphNode>(
    base.nodes,
    mine.nodes,
    theirs.nodes,
    ({ id }) => id,
    (nodeId) => conflicts.push({ at: "node", nodeId }),
    (a, b, c) => mergeNodes(a, b, c, (conflict) => conflicts.push(conflict)),
  );
  const edges = mergeLists<GraphEdge>(
    base.edges,
    mine.edges,
    theirs.edges,
    ({ id }) => id,
    (edgeId) => conflicts.push({ at: "edge", edgeId }),
  );
  const frames = mergeLists(
    base.frames,
    mine.frames,
    theirs.frames,
    ({ id }) => id,
    (frameId) => conflicts.push({ at: "frame", frameId }),
  );
  const graph = { ...whole, inputs, nodes, edges, frames } as Graph;
  conflicts.push(...looseEnds(graph), ...crowdedPorts(graph, [base, mine, theirs], takesMany));
  conflicts.push(...circles(graph, [base, mine, theirs]));
  return conflicts.length > 0 ? { conflicts } : { graph, conflicts };
}

/** One value of three: whoever changed it wins; both in different ways is a conflict. */
function pick<T>(base: T, mine: T, theirs: T, clash: () => void): T {
  if (sameValue(mine, theirs) || sameValue(theirs, base)) return mine;
  if (!sameValue(mine, base)) clash();
  return theirs;
}

function mergeFields(base: object, mine: object, theirs: object, clash: (field: string) => void): object {
  const [a, b, c] = [base, mine, theirs].map((one) => new Map<string, unknown>(Object.entries(one)));
  const fields = new Set([...(c?.keys() ?? []), ...(b?.keys() ?? [])]);
  const merged = [...fields].map((field) => [
    field,
    pick(a?.get(field), b?.get(field), c?.get(field), () => clash(field)),
  ]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

function mergeNodes(
  base: GraphNode,
  mine: GraphNode,
  theirs: GraphNode,
  clash: (conflict: MergeConflict) => void,
): GraphNode {
  const nodeId = base.id;
  const { config: a, ...restA } = base;
  const { config: b, ...restB } = mine;
  const { config: c, ...restC } = theirs;
  const rest = mergeFields(restA, restB, restC, (field) => clash({ at: "node", nodeId, field }));
  return { ...rest, config: mergeFields(a, b, c, (setting) => clash({ at: "node", nodeId, setting })) } as GraphNode;
}

function mergeLists<T>(
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  key: (one: T) => string,
  clash: (key: string) => void,
  merge?: (base: T, mine: T, theirs: T) => T,
): T[] {
  const [a, b, c] = [base, mine, theirs].map((list) => new Map(list.map((one) => [key(one), one])));
  const merged = new Map<string, T>();
  for (const id of orderOf(base.map(key), mine.map(key), theirs.map(key))) {
    const [was, here, there] = [a?.get(id), b?.get(id), c?.get(id)];
    const one =
      merge && was && here && there ? merge(was, here, there) : pick<T | undefined>(was, here, there, () => clash(id));
    if (one !== undefined) merged.set(id, one);
  }
  return [...merged.values()];
}

/** The order of whoever changed it, theirs when both did; what only the other side has comes last. */
function orderOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const theirsIsBase = theirs.length === base.length && theirs.every((id, at) => id === base[at]);
  const [first, second] = theirsIsBase ? [mine, theirs] : [theirs, mine];
  return [...new Set([...first, ...second])];
}

/** Wires whose node one side deleted while the other drew or kept the wire. */
function looseEnds({ nodes, edges }: Graph): MergeConflict[] {
  const known = new Set(nodes.map(({ id }) => id));
  return edges.flatMap(({ id, source, target }): MergeConflict[] =>
    known.has(source) && known.has(target) ? [] : [{ at: "edge", edgeId: id }],
  );
}

/** Single-valued ports that have more wires together than on either side. */
function crowdedPorts(graph: Graph, sides: readonly Graph[], takesMany: TakesMany): MergeConflict[] {
  const into = ({ edges }: Graph) =>
    Map.groupBy(
      edges.filter(({ loop }) => !loop),
      ({ target, targetHandle }) => `${target} ${targetHandle}`,
    );
  const before = sides.map(into);
  return [...into(graph)].flatMap(([port, edges]): MergeConflict[] => {
    const [edge] = edges;
    const node = graph.nodes.find(({ id }) => id === edge?.target);
    if (!edge || !node || edges.length < 2 || takesMany(node, edge.targetHandle)) return [];
    if (before.some((side) => (side.get(port)?.length ?? 0) >= edges.length)) return [];
    return [{ at: "port", nodeId: node.id, port: edge.targetHandle }];
  });
}

/** Circles without a loop mark that neither side had. */
function circles(graph: Graph, sides: readonly Graph[]): MergeConflict[] {
  const had = new Set(sides.flatMap((side) => roundTrips(side)));
  const now = roundTrips(graph).find((id) => !had.has(id));
  return now === undefined ? [] : [{ at: "circle", nodeId: now }];
}

const roundTrips = (graph: Graph): string[] =>
  graph.edges.flatMap(({ source, target, loop }) => (!loop && leadsTo(graph, target, source) ? [target] : []));
