import type { Failure } from "../protocol/failure.ts";
import { passCount, passIndices } from "./passes.ts";
import {
  fired,
  forwardSources,
  isDoubtful,
  isOpen,
  loopFeeding,
  loopSources,
  type Sources,
  wentOn,
} from "./read-edge.ts";
import type { Plan, PlanNode, Ruling, StepRow, Steps } from "./types.ts";

/*
 * The law of a run. What becomes of a step follows from the plan and from settled steps alone, so any worker may decide it, twice or late:
 *
 *  1. A step is decided when every forward edge into it has settled: each step it reads is done, skipped, failed, cancelled, in doubt or
 *     blocked. An edge that leaves a loop has settled when the loop is over; a step inside a loop exists in a later pass only once the loop
 *     edge fired in the pass before.
 *  2. It fails when a step it reads failed, whatever the port: an edge is a wish, and half a wish may cost money. A step that failed and says
 *     `onError: continue` does not count as failed here: its `error` output fired, its other outputs did not.
 *  3. Else it is cancelled when a step it reads was; else blocked when one is in doubt or blocked. An edge that leaves a loop reads the step
 *     that closes the loop as well: where that failed, was cancelled or is in doubt, nobody knows what further passes would have brought.
 *  4. Else, muted, it is skipped.
 *  5. Else it is skipped when a required input received nothing, or when everything that was wired to it gave nothing: a branch not taken
 *     takes along what hangs on it alone. Wires from nodes known to stay silent (muted, or starved by muted ones) do not count as wired,
 *     except for an effect on the world, which has no reason to happen on its own.
 *  6. Else it starts.
 *
 * A port with a forward and a loop edge reads the forward edge in the loop's first pass and the loop edge later.
 */

const WAIT: Ruling = { act: "wait" };

/** What must become of a step now. Costs a look at each edge into the node, whatever the size of the graph. */
export function rule(plan: Plan, steps: Steps, nodeId: string, pass: number): Ruling {
  const node = plan.nodes.get(nodeId);
  if (!node || pass >= passCount(node)) return WAIT;
  const at = passIndices(node, pass);
  if (!isOpen(plan, steps, node, at)) return WAIT;
  const read = readPorts(plan, steps, node, at);
  return read ? decide(plan, node, read) : WAIT;
}

type PortReading = { sources: Sources[]; items: number; wired: boolean };

/** Everything a step reads, by port; undefined while something has not settled. */
function readPorts(
  plan: Plan,
  steps: Steps,
  node: PlanNode,
  at: readonly number[],
): Map<string, PortReading> | undefined {
  const read = new Map<string, PortReading>();
  for (const port of new Set([...node.incoming.keys(), ...node.loopIncoming.keys()])) {
    const reading: PortReading = { sources: [], items: 0, wired: false };
    const loop = loopFeeding(node, port, at);
    if (loop) {
      const sources = loopSources(plan, steps, loop, at);
      if (!sources) return undefined;
      reading.items = count(sources, loop.edge.sourceHandle);
      reading.wired = true;
    }
    for (const edge of node.incoming.get(port) ?? []) {
      const sources = forwardSources(plan, steps, edge, at);
      if (!sources) return undefined;
      reading.sources.push(sources);
      if (!loop) reading.items += count(sources, edge.sourceHandle);
      reading.wired ||= !sources.node.silent || node.shape.effect === "world";
    }
    read.set(port, reading);
  }
  return read;
}

const count = ({ node, rows }: Sources, port: string): number =>
  rows.reduce((sum, row) => sum + fired(node, row, port).length, 0);

function decide(plan: Plan, node: PlanNode, read: ReadonlyMap<string, PortReading>): Ruling {
  const found = [...read.values()].flatMap(({ sources }) =>
    sources.flatMap((source) => [
      ...source.rows.filter((row) => !wentOn(source.node, row)),
      ...(source.over ? [source.over] : []),
    ]),
  );
  const failed = found.find(({ state }) => state === "failed");
  if (failed) return { act: "fail", error: because(plan, failed, "upstream_failed", "failed") };
  if (found.some(({ state }) => state === "cancelled")) return { act: "cancel" };
  const doubtful = found.find(isDoubtful);
  if (doubtful) return { act: "block", error: because(plan, doubtful, "upstream_in_doubt", "is in doubt") };
  if (node.muted) return { act: "skip", why: "muted" };
  return starved(node, read) ?? { act: "start" };
}

/** The root of the trouble, carried along unchanged from step to step. */
function because(plan: Plan, row: StepRow, code: string, what: string): Failure {
  if (row.error?.code === code) return row.error;
  const title = plan.nodes.get(row.nodeId)?.title ?? row.nodeId;
  const details = { node: row.nodeId };
  if (!row.error) return { code, message: `${title} ${what}.`, details };
  return { code, message: `${title} ${what}: ${row.error.message}`, details: { ...details, code: row.error.code } };
}

function starved(node: PlanNode, read: ReadonlyMap<string, PortReading>): Ruling | undefined {
  for (const [port, { optional }] of Object.entries(node.shape.inputs)) {
    if (optional || (read.get(port)?.items ?? 0) > 0) continue;
    return { act: "skip", why: read.has(port) ? `nothing arrived at ${port}` : `nothing is wired to ${port}` };
  }
  const wired = [...read].filter(([, port]) => port.wired);
  if (wired.length === 0 || wired.some(([, port]) => port.items > 0)) return undefined;
  return { act: "skip", why: `nothing arrived at ${wired.map(([port]) => port).join(" and ")}` };
}
