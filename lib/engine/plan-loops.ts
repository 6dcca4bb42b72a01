import { type Problem, problem } from "../protocol/problems.ts";
import { findCycles, neighbours, orderNodes, reach, reversed } from "./graph-order.ts";
import type { PlanEdge, PlanLoop } from "./types.ts";

/**
 * The loops of a graph: the body of a loop edge is every node on a forward path from its target to its source. Bodies nest or lie
 * apart and do not feed each other; LOOP_OVERLAP says which do, LOOP_NOT_BACK which edge closes no cycle. Outer loops come before the loops in them.
 * Where nodes feed each other in a circle, the bodies that hold one of them mean nothing and are left out.
 */
export function planLoops(
  nodes: readonly string[],
  edges: readonly PlanEdge[],
): { loops: PlanLoop[]; problems: Problem[] } {
  const forward = edges.filter((edge) => !edge.loop);
  const ahead = neighbours(nodes, forward);
  const behind = neighbours(nodes, reversed(forward));
  const problems: Problem[] = [];
  const found: Omit<PlanLoop, "depth" | "exits">[] = [];
  const ordered = new Set(orderNodes(nodes, forward).order);
  const circles = (id: string) => !ordered.has(id) && reach(ahead.get(id) ?? [], ahead).has(id);
  for (const edge of edges) {
    if (!edge.loop) continue;
    const after = reach([edge.target], ahead);
    if (after.has(edge.source)) {
      const before = reach([edge.source], behind);
      const body = new Set([...after].filter((id) => before.has(id)));
      if ([...body].some(circles)) continue;
      found.push({ id: edge.id, edge, target: edge.target, source: edge.source, body, passes: edge.loop.passes });
      continue;
    }
    const message = `The loop edge ${edge.id} closes no cycle: no path leads from ${edge.target} to ${edge.source}. Draw it backwards, or remove its loop mark.`;
    problems.push(problem("LOOP_NOT_BACK", message, { node: edge.source, port: edge.sourceHandle, edge: edge.id }));
  }
  found.sort((a, b) => b.body.size - a.body.size || a.edge.index - b.edge.index);
  found.forEach((inner, index) => {
    const rivals = found.slice(0, index).filter((outer) => !nests(outer, inner) && touches(outer, inner));
    for (const outer of rivals) problems.push(overlap(outer, inner));
  });
  if (problems.length > 0) return { loops: [], problems };
  const loops = found.map((loop, index) => placed(loop, found.slice(0, index), forward));
  for (const region of [undefined, ...loops]) problems.push(...interlocked(nodes, forward, loops, region));
  return problems.length > 0 ? { loops: [], problems } : { loops, problems };
}

/**
 * What leaves a loop is delivered when the loop is over, so two loops beside each other that feed one another would wait for ever. Seen when
 * every loop of a region (the graph, or the body of a loop) is drawn as one node: then there is a cycle.
 */
function interlocked(
  nodes: readonly string[],
  forward: readonly PlanEdge[],
  loops: readonly PlanLoop[],
  region: PlanLoop | undefined,
): Problem[] {
  const inside = loops.filter((loop) => loop.parent === region?.id);
  if (inside.length < 2) return [];
  const drawn = new Map(nodes.filter((id) => !region || region.body.has(id)).map((id) => [id, id]));
  for (const loop of inside) for (const id of loop.body) drawn.set(id, `loop ${loop.id}`);
  const wires = forward.flatMap((edge) => {
    const [source, target] = [drawn.get(edge.source), drawn.get(edge.target)];
    return source && target && source !== target ? [{ source, target }] : [];
  });
  return findCycles([...new Set(drawn.values())], wires).flatMap((cycle) => {
    const knot = inside.filter((loop) => cycle.includes(`loop ${loop.id}`));
    // A circle of nodes is not the loops' doing.
    if (knot.length < 2) return [];
    const edge = knot.at(-1)?.edge;
    const message = `The loops of ${knot.map((loop) => loop.id).join(" and ")} feed each other, and each would wait until the other is over.`;
    return problem("LOOP_OVERLAP", message, edge ? { node: edge.source, port: edge.sourceHandle, edge: edge.id } : {});
  });
}

type Body = Pick<PlanLoop, "body" | "edge">;

const touches = (a: Body, b: Body): boolean => [...b.body].some((id) => a.body.has(id));
const nests = (outer: Body, inner: Body): boolean =>
  outer.body.size > inner.body.size && [...inner.body].every((id) => outer.body.has(id));

function overlap(a: Body, b: Body): Problem {
  const message = nestsSame(a, b)
    ? `The loop edges ${a.edge.id} and ${b.edge.id} go around the same nodes; keep one of them.`
    : `The loops of ${a.edge.id} and ${b.edge.id} overlap: one must hold the whole other, or neither may share a node.`;
  return problem("LOOP_OVERLAP", message, { node: b.edge.source, port: b.edge.sourceHandle, edge: b.edge.id });
}

const nestsSame = (a: Body, b: Body): boolean =>
  a.body.size === b.body.size && [...a.body].every((id) => b.body.has(id));

function placed(
  loop: Omit<PlanLoop, "depth" | "exits">,
  larger: readonly Omit<PlanLoop, "depth" | "exits">[],
  forward: readonly PlanEdge[],
): PlanLoop {
  const around = larger.filter((outer) => outer.body.has(loop.target));
  const parent = around.at(-1);
  const exits = forward.filter(
    (edge) => loop.body.has(edge.source) && !loop.body.has(edge.target) && (!parent || parent.body.has(edge.target)),
  );
  return { ...loop, depth: around.length, exits, ...(parent ? { parent: parent.id } : {}) };
}
