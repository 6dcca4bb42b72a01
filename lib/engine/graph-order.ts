/** Edges as far as order goes. */
type Wire = { source: string; target: string };

/** Neighbours of every node along edges. */
export function neighbours(nodes: Iterable<string>, edges: readonly Wire[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const id of nodes) next.set(id, []);
  for (const edge of edges) next.get(edge.source)?.push(edge.target);
  return next;
}

/** The same wires, walked against the arrow. */
export const reversed = (edges: readonly Wire[]): Wire[] =>
  edges.map((edge) => ({ source: edge.target, target: edge.source }));

/** Everything reachable from `starts`, themselves included. */
export function reach(starts: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set(starts);
  const stack = [...seen];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    for (const neighbour of next.get(id) ?? []) {
      if (seen.has(neighbour)) continue;
      seen.add(neighbour);
      stack.push(neighbour);
    }
  }
  return seen;
}

export type Order = {
  /** Topological, ties in the order of the document. Nodes on a cycle, and behind one, are left out. */
  order: string[];
  /** Longest way from a node without predecessors. */
  ranks: ReadonlyMap<string, number>;
};

/** Orders nodes along edges. */
export function orderNodes(nodes: readonly string[], edges: readonly Wire[]): Order {
  const next = neighbours(nodes, edges);
  const open = new Map(nodes.map((id) => [id, 0]));
  for (const targets of next.values()) for (const id of targets) open.set(id, (open.get(id) ?? 0) + 1);
  const ranks = new Map<string, number>();
  const ready = nodes.filter((id) => open.get(id) === 0);
  for (const id of ready) ranks.set(id, 0);
  for (let at = 0; at < ready.length; at++) {
    const id = ready[at] as string;
    const rank = ranks.get(id) ?? 0;
    for (const target of next.get(id) ?? []) {
      ranks.set(target, Math.max(ranks.get(target) ?? 0, rank + 1));
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  const settled = new Set(ready);
  const position = new Map(nodes.map((id, index) => [id, index]));
  const order = nodes
    .filter((id) => settled.has(id))
    .sort((a, b) => rankOf(ranks, a) - rankOf(ranks, b) || rankOf(position, a) - rankOf(position, b));
  return { order, ranks };
}

const rankOf = (ranks: ReadonlyMap<string, number>, id: string): number => ranks.get(id) ?? 0;

/** Cycles as paths that end where they began (`[A, B, A]`): at least one of every knot, none twice. Without recursion. */
export function findCycles(nodes: readonly string[], edges: readonly Wire[]): string[][] {
  const settled = new Set(orderNodes(nodes, edges).order);
  const knots = nodes.filter((id) => !settled.has(id));
  const next = neighbours(
    knots,
    edges.filter((edge) => !settled.has(edge.target)),
  );
  const cycles: string[][] = [];
  const named = new Set<string>();
  const done = new Set<string>();
  for (const start of knots) {
    if (done.has(start)) continue;
    const path = [start];
    const onPath = new Map([[start, 0]]);
    const cursors = [0];
    while (path.length > 0) {
      const id = path[path.length - 1] as string;
      const cursor = cursors[cursors.length - 1] ?? 0;
      const target = next.get(id)?.[cursor];
      cursors[cursors.length - 1] = cursor + 1;
      if (target === undefined) {
        done.add(id);
        onPath.delete(id);
        path.pop();
        cursors.pop();
      } else if (onPath.has(target)) {
        const cycle = path.slice(onPath.get(target));
        if (!cycle.some((member) => named.has(member))) cycles.push([...cycle, target]);
        for (const member of cycle) named.add(member);
      } else if (!done.has(target)) {
        onPath.set(target, path.length);
        path.push(target);
        cursors.push(0);
      }
    }
  }
  return cycles;
}
