import { passIndices } from "./passes.ts";
import type { Plan } from "./types.ts";

/** Where a step stands in the innermost loop around it: 0-based, and whether that loop has no further pass. Outside loops {0, true}. */
export function passInfo(plan: Plan, nodeId: string, pass: number): { index: number; last: boolean } {
  const node = plan.nodes.get(nodeId);
  const loop = node?.loops.at(-1);
  if (!node || !loop) return { index: 0, last: true };
  const index = passIndices(node, pass).at(-1) ?? 0;
  return { index, last: index === loop.passes - 1 };
}
