import { StepError } from "../protocol/failure.ts";
import type { Value } from "../protocol/values.ts";
import { convert } from "./fit.ts";
import { passIndices } from "./passes.ts";
import { arrivals } from "./read-edge.ts";
import { comesFromInside, laterLoop, Tracer } from "./trace.ts";
import type { Gathered, Plan, PlanNode, Steps } from "./types.ts";

/**
 * Brings the inputs of a step together once `rule` says start. Edges of one port are joined in order; loops are joined over their passes.
 * A `many` port receives its whole list in every item. Single-valued ports bring one value, shared by all items, or as many as there are
 * items; nothing arrived = undefined. Without any single-valued value there is one item.
 *
 * In a later pass of a loop there are as many items as came round, and a longer list from outside the loop gives each of them the value it
 * was given before (see trace.ts); where that cannot be told, lists must fit as they are.
 *
 * Throws StepError: LENGTH_MISMATCH (names both ports), NO_THREAD, PORT_TYPE_MISMATCH, NOT_SETTLED (asked too early).
 */
export function gather(plan: Plan, steps: Steps, nodeId: string, pass: number): Gathered {
  const node = plan.nodes.get(nodeId);
  if (!node) throw new StepError("UNKNOWN_NODE", `There is no node ${nodeId} in this plan.`);
  const at = passIndices(node, pass);
  const lists = new Map<string, Value[]>();
  for (const [port, { kind }] of Object.entries(node.shape.inputs)) {
    const found = arrivals(plan, steps, node, port, at);
    if (!found) throw new StepError("NOT_SETTLED", `What ${nodeId} needs at ${port} has not settled.`);
    lists.set(
      port,
      found.flatMap(({ values }) => values.map((value) => convert(value, kind))),
    );
  }
  const traced = tracedLists(plan, steps, node, at, lists);
  const size = itemCount(node, lists, traced);
  return { items: Array.from({ length: size }, (_, index) => itemAt(node, lists, traced, index)) };
}

type Traced = ReadonlyMap<string, readonly number[]>;

/** For each list from outside the loop: which of its values belongs to each item that came round. */
function tracedLists(
  plan: Plan,
  steps: Steps,
  node: PlanNode,
  at: readonly number[],
  lists: ReadonlyMap<string, readonly Value[]>,
): Traced {
  const traced = new Map<string, readonly number[]>();
  const loop = laterLoop(node, at);
  if (!loop) return traced;
  const outside = [...lists].filter(
    ([port, { length }]) => length > 1 && !node.shape.inputs[port]?.many && !comesFromInside(node, port, at, loop),
  );
  if (outside.length === 0) return traced;
  const tracer = new Tracer(plan, steps);
  const items = tracer.itemsInside(node, at, loop);
  for (const [port, list] of outside) {
    const picks = items > 0 ? tracer.belonging(node, at, port, items) : undefined;
    if (picks?.every((index) => index < list.length)) traced.set(port, picks);
  }
  return traced;
}

function itemCount(node: PlanNode, lists: ReadonlyMap<string, readonly Value[]>, traced: Traced): number {
  let widest: { port: string; length: number } | undefined;
  for (const [port, { length }] of lists) {
    if (node.shape.inputs[port]?.many || length === 0 || traced.has(port)) continue;
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
  traced: Traced,
  index: number,
): Record<string, Value | Value[] | undefined> =>
  Object.fromEntries(
    [...lists].map(([port, list]) => {
      if (node.shape.inputs[port]?.many) return [port, list];
      const picks = traced.get(port);
      if (picks) return [port, list[picks.length === 1 ? (picks[0] ?? 0) : (picks[index] ?? index)]];
      return [port, list.length === 1 ? list[0] : list[index]];
    }),
  );
