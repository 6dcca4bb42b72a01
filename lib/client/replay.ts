import { type FoldedRun, type FoldedStep, foldEvents } from "../engine/fold.ts";
import type { RunEvent } from "../protocol/events.ts";
import type { RunDocument } from "../protocol/run.ts";
import type { Value } from "../protocol/values.ts";
import { innermost } from "./inside.ts";
import type { RunView } from "./watch-run.ts";
import { usd } from "./words.ts";

/** Events between two kept states: going anywhere folds at most so many. */
const STRIDE = 64;

/** A run that can be looked at as it was after each of its events. */
export type Replay = {
  readonly events: readonly RunEvent[];
  /** The run after the first `at` events; 0 = before anything happened. */
  stateAt(at: number): FoldedRun;
};

/** Keeps a state now and then, so that a long run can be gone through quickly in both directions. */
export function createReplay(events: readonly RunEvent[]): Replay {
  const kept: FoldedRun[] = [foldEvents([])];
  return {
    events,
    stateAt(at) {
      const wanted = Math.min(Math.max(0, at), events.length);
      const block = Math.floor(wanted / STRIDE);
      for (let next = kept.length; next <= block; next += 1)
        kept.push(foldEvents(events.slice((next - 1) * STRIDE, next * STRIDE), kept[next - 1]));
      return foldEvents(events.slice(block * STRIDE, wanted), kept[block]);
    },
  };
}

/** What a screen shows of a run at a moment that is over: only what there was then. */
export function viewAt(view: RunView, replay: Replay, at: number): RunView {
  const then = replay.stateAt(at);
  const live = { ...then, steps: new Map([...then.steps].map(([key, step]) => [key, withoutClock(step)])) };
  const { document } = view;
  return {
    document: {
      ...document,
      status: live.status,
      reason: live.reason,
      error: live.error,
      outputs: outputsThen(document, live),
      steps: document.steps
        .filter(({ nodeId, pass }) => live.steps.has(`${nodeId}@${pass}`))
        .map((step) =>
          withoutClock({ ...step, state: live.steps.get(`${step.nodeId}@${step.pass}`)?.state ?? step.state }),
        ),
      calls: document.calls.flatMap((call) => {
        const then = live.calls.get(call.key);
        return then ? [{ ...call, state: then.state, costUsd: then.costUsd }] : [];
      }),
      costUsd: live.costUsd,
      endedAt: live.endedAt,
    },
    live,
    partials: new Map(),
    connection: "closed",
  };
}

/** What was under way then has been for no time that a clock of today could tell. */
const withoutClock = <T extends Pick<FoldedStep, "state" | "startedAt">>(step: T): T =>
  step.state === "running" || step.state === "queued" ? { ...step, startedAt: undefined } : step;

/** The first values of each port, as many as had left by then; of a node that stands for a graph, everything once all in it had settled. */
function outputsThen(document: RunDocument, live: FoldedRun): RunDocument["outputs"] {
  const left = new Map<string, number>();
  const open = new Set<string>();
  const settled = new Set<string>();
  for (const { nodeId, state, ports = {} } of live.steps.values()) {
    for (const [port, count] of Object.entries(ports)) {
      const name = `${nodeId} ${port}`;
      left.set(name, (left.get(name) ?? 0) + count);
    }
    (state === "done" || state === "skipped" ? settled : open).add(nodeId);
  }
  const whole = (document.nodes ?? []).flatMap(({ id, graph }) => {
    const inner = (list: ReadonlySet<string>) => [...list].some((nodeId) => nodeId.startsWith(`${id}/`));
    return graph !== undefined && inner(settled) && !inner(open) ? [id] : [];
  });
  const shown = (nodeId: string, ports: Record<string, Value[]>) =>
    whole.includes(nodeId)
      ? ports
      : Object.fromEntries(
          Object.entries(ports).flatMap(([port, values]) => {
            const count = left.get(`${nodeId} ${port}`) ?? 0;
            return count > 0 ? [[port, values.slice(0, count)]] : [];
          }),
        );
  return Object.fromEntries(Object.entries(document.outputs).map(([nodeId, ports]) => [nodeId, shown(nodeId, ports)]));
}

/** What happened, in a few words. `titleOf` gives what people call a node. */
export function eventWords(event: RunEvent, titleOf: (nodeId: string) => string): string {
  if (!("nodeId" in event)) {
    if (event.type === "run.started") return "The run began";
    if (event.type === "run.waiting") return "The run waits for somebody";
    return event.type === "run.ended" ? `The run ${event.status}` : "";
  }
  const title = `${titleOf(event.nodeId)}${event.pass > 0 ? `, pass ${event.pass + 1}` : ""}`;
  switch (event.type) {
    case "step.queued":
      return `${title} is next`;
    case "step.started":
      return `${title} began: ${event.why}`;
    case "step.done":
      return `${title} done${event.costUsd > 0 ? `, ${usd(event.costUsd)}` : ""}`;
    case "step.cached":
      return `${title} came from the cache`;
    case "step.skipped":
      return `${title} skipped: ${event.why}`;
    case "step.waiting":
      return `${title} waits for somebody`;
    case "step.failed":
      return `${title} failed: ${event.error.message}`;
    case "call.reserved":
      return `${title} asks the model for at most ${usd(event.costUsd)}`;
    case "call.sent":
      return `${title}: the model is at work`;
    case "call.settled":
      return `${title}: the call ${event.state === "completed" ? `cost ${usd(event.costUsd)}` : event.state.replace("_", " ")}`;
    default:
      return title;
  }
}

/** What people call the nodes of a run. */
export const titlesOf =
  ({ nodes = [] }: Pick<RunDocument, "nodes">): ((nodeId: string) => string) =>
  (nodeId) =>
    nodes.find(({ id }) => id === nodeId)?.title || innermost(nodeId);
