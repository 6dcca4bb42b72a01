import { passIndices } from "./passes.ts";
import type { Plan, PlanNode } from "./types.ts";

/** Where a value that leaves by an output goes: a wire takes it on; only a loop would, and it has no pass left; nothing is wired. */
export type Way = "open" | "over" | "unwired";

/** The way of an output in a pass, from the plan alone. */
export function wayOf(plan: Plan, nodeId: string, pass: number, port: string): Way {
  const node = plan.nodes.get(nodeId);
  const edges = node?.outgoing.filter((edge) => edge.sourceHandle === port) ?? [];
  if (!node || edges.length === 0) return "unwired";
  const at = passIndices(node, pass);
  const open = edges.some((edge) => {
    const loop = edge.loop && node.loops.find(({ id }) => id === edge.id);
    return !loop || (at[loop.depth] ?? 0) + 1 < loop.passes;
  });
  return open ? "open" : "over";
}

/** The ways a node heeds, by port; undefined for a node that heeds none. */
export function waysHeeded(plan: Plan, node: PlanNode, pass: number): Record<string, Way> | undefined {
  const { heeds } = node.shape;
  return heeds && Object.fromEntries(heeds.map((port) => [port, wayOf(plan, node.id, pass, port)]));
}
