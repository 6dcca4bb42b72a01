import { StepError } from "../protocol/failure.ts";
import type { Value } from "../protocol/values.ts";
import { convert } from "./fit.ts";
import { arriving } from "./read-edge.ts";
import type { Gathered, Plan, PlanNode, Steps } from "./types.ts";

/**
 * Brings the inputs of a step together once `rule` says start. Edges of one port are joined in order; loops are joined over their passes.
 * A `many` port receives its whole list in every item. Single-valued ports bring one value, shared by all items, or as many as there are
 * items; nothing arrived = undefined. Without any single-valued value there is one item.
 *
 * Throws StepError: LENGTH_MISMATCH (names both ports), NO_THREAD, PORT_TYPE_MISMATCH, NOT_SETTLED (asked too early).
 */
export function gather(plan: Plan, steps: Steps, nodeId: string, pass: number): Gathered {
  const node = plan.nodes.get(nodeId);
  if (!node) throw new StepError("UNKNOWN_NODE", `There is no node ${nodeId} in this plan.`);
  const lists = new Map<string, Value[]>();
  for (const [port, { kind }] of Object.entries(node.shape.inputs)) {
    const values = arriving(plan, steps, node, port, pass);
    if (!values) throw new StepError("NOT_SETTLED", `What ${nodeId} needs at ${port} has not settled.`);
    lists.set(
      port,
      values.map((value) => convert(value, kind)),
    );
  }
  const size = itemCount(node, lists);
  return { items: Array.from({ length: size }, (_, index) => itemAt(node, lists, index)) };
}

function itemCount(node: PlanNode, lists: ReadonlyMap<string, readonly Value[]>): number {
  let widest: { port: string; length: number } | undefined;
  for (const [port, { length }] of lists) {
    if (node.shape.inputs[port]?.many || length === 0) continue;
    if (widest && widest.length > 1 && length > 1 && length !== widest.length) {
      const message = `${node.title} cannot pair its inputs: ${widest.port} brings ${widest.length} and ${port} brings ${length}. Each must bring one, or all the same number.`;
      throw new StepError("LENGTH_MISMATCH", message);
    }
    if (!widest || length > widest.length) widest = { port, length };
  }
  return widest?.length ?? 1;
}

const itemAt = (
  node: PlanNode,
  lists: ReadonlyMap<string, Value[]>,
  index: number,
): Record<string, Value | Value[] | undefined> =>
  Object.fromEntries(
    [...lists].map(([port, list]) => [
      port,
      node.shape.inputs[port]?.many ? list : list.length === 1 ? list[0] : list[index],
    ]),
  );
