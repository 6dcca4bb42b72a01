import type { PlanNode } from "./types.ts";

type InLoops = Pick<PlanNode, "loops">;

/**
 * A step has one pass number, also inside nested loops: outer index × inner passes + inner index. Indices are outermost first; a node
 * outside loops has none and pass 0.
 */
export function passIndices(node: InLoops, pass: number): number[] {
  const indices: number[] = [];
  let rest = pass;
  for (const { passes } of node.loops.toReversed()) {
    indices.unshift(rest % passes);
    rest = Math.floor(rest / passes);
  }
  return indices;
}

/** The pass number of loop indices. */
export const combinePass = (node: InLoops, indices: readonly number[]): number =>
  node.loops.reduce((pass, { passes }, depth) => pass * passes + (indices[depth] ?? 0), 0);

/** How many passes a node can have at most. */
export const passCount = (node: InLoops): number => node.loops.reduce((count, { passes }) => count * passes, 1);
