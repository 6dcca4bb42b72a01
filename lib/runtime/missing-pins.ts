import type { GraphNode } from "../protocol/graph.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import type { Journal } from "./ports.ts";

/** What is said of a node whose pinned result is not in the store. */
export const pinMissing = (title: string): string =>
  `${title} is pinned to a result that is not in this store. Unpin it, or import the result.`;

/** Nodes pinned to results the store does not have: found before anything else is paid for. */
export async function missingPins(
  nodes: readonly Pick<GraphNode, "id" | "mode" | "pin">[],
  journal: Pick<Journal, "results">,
): Promise<Problem[]> {
  const pinned = nodes.flatMap(({ id, mode, pin }) => (mode === "on" && pin ? [{ id, pin }] : []));
  if (pinned.length === 0) return [];
  const known = await journal.results(pinned.map(({ pin }) => pin));
  return pinned.flatMap(({ id, pin }) =>
    known.has(pin) ? [] : [problem("PIN_MISSING", pinMissing(id), { node: id })],
  );
}
