import { gather } from "#lib/engine/gather.ts";
import { frontier, parseStepKey, passInfo, rule, runOutcome, stepKey, successors } from "#lib/engine/settle.ts";
import type { Plan, Ruling, StepRow } from "#lib/engine/types.ts";
import type { EventBody, RunEvent } from "#lib/protocol/events.ts";
import { StepError } from "#lib/protocol/failure.ts";
import type { Outputs } from "#lib/protocol/values.ts";

/** What a step does when it runs; a function of its name, so that every schedule meets the same world. */
export type Behaviour = { trouble: number; fires: number };
export type World = (key: string) => Behaviour;

export type Driven = {
  steps: Map<string, StepRow>;
  rulings: Map<string, Ruling>;
  events: RunEvent[];
  decisions: number;
};

/**
 * Runs a plan the way a worker does: rulings from `successors` only, steps in flight settled in the order `choose` picks them.
 * `watch` is called after every decision.
 */
export function driveRun(
  plan: Plan,
  world: World,
  choose: (n: number) => number,
  watch: (run: Driven, active: number) => void = () => {},
): Driven {
  const run: Driven = { steps: new Map(), rulings: new Map(), events: [], decisions: 0 };
  const active: string[] = [];
  emit(run, { type: "run.started", graphId: plan.graphId, revision: "r", nodes: plan.nodes.size, epoch: 1 });
  let candidates = [...frontier(plan, run.steps).keys()];
  for (;;) {
    while (candidates.length > 0) {
      const key = candidates.splice(choose(candidates.length), 1)[0] as string;
      if (run.steps.has(key)) continue;
      const { nodeId, pass } = parseStepKey(key);
      const ruling = rule(plan, run.steps, nodeId, pass);
      run.decisions += 1;
      if (ruling.act === "wait") continue;
      run.rulings.set(key, ruling);
      if (ruling.act === "start") {
        run.steps.set(key, { nodeId, pass, state: "running" });
        emit(run, { type: "step.queued", nodeId, pass, items: 1 });
        emit(run, { type: "step.started", nodeId, pass, why: "first run" });
        active.push(key);
      } else {
        settle(run, rowOf(nodeId, pass, ruling));
        candidates.push(...successors(plan, run.steps, nodeId, pass));
      }
    }
    watch(run, active.length);
    if (active.length === 0) break;
    const key = active.splice(choose(active.length), 1)[0] as string;
    const { nodeId, pass } = parseStepKey(key);
    settle(run, perform(plan, run, nodeId, pass, world(key)));
    candidates = successors(plan, run.steps, nodeId, pass);
  }
  const outcome = runOutcome(plan, run.steps);
  if (outcome?.status === "waiting") emit(run, { type: "run.waiting", steps: outcome.steps });
  else if (outcome) emit(run, { type: "run.ended", costUsd: 0, ...outcome });
  return run;
}

function emit(run: Driven, body: EventBody): void {
  run.events.push({ ...body, runId: "run", at: run.events.length, seq: run.events.length + 1 });
}

function settle(run: Driven, row: StepRow): void {
  const { nodeId, pass, state, error, outputs = {} } = row;
  run.steps.set(stepKey(nodeId, pass), row);
  const spent = { costUsd: 0, calls: 0, items: [] };
  const ports = Object.fromEntries(Object.entries(outputs).map(([port, values]) => [port, values.length]));
  if (state === "done") emit(run, { type: "step.done", nodeId, pass, why: "ran", ports, ...spent });
  else if (state === "skipped") emit(run, { type: "step.skipped", nodeId, pass, why: "skipped" });
  else if (state === "waiting") emit(run, { type: "step.waiting", nodeId, pass });
  else if (state === "failed" || state === "in_doubt" || state === "blocked" || state === "cancelled")
    emit(run, {
      type: "step.failed",
      nodeId,
      pass,
      state,
      why: "",
      error: error ?? { code: state, message: state },
      ...spent,
    });
}

function rowOf(nodeId: string, pass: number, ruling: Ruling): StepRow {
  if (ruling.act === "fail") return { nodeId, pass, state: "failed", error: ruling.error };
  if (ruling.act === "block") return { nodeId, pass, state: "blocked", error: ruling.error };
  return { nodeId, pass, state: ruling.act === "cancel" ? "cancelled" : "skipped" };
}

/** A node that passes texts on: each output gives up to three values that tell where they come from. */
function perform(plan: Plan, run: Driven, nodeId: string, pass: number, { trouble, fires }: Behaviour): StepRow {
  const state = (["failed", "in_doubt", "waiting", "cancelled"] as const)[trouble];
  if (state === "failed") return { nodeId, pass, state, error: { code: "broken", message: `${nodeId} broke` } };
  if (state) return { nodeId, pass, state };
  try {
    const { items } = gather(plan, run.steps, nodeId, pass);
    const told = `${nodeId}@${pass}:${items.length}${passInfo(plan, nodeId, pass).last ? "!" : ""}`;
    const outputs: Outputs = {};
    for (const [port, bit] of [
      ["x", fires & 3],
      ["y", (fires >> 2) & 3],
    ] as const)
      if (bit > 0)
        outputs[port] = Array.from({ length: bit === 3 ? 2 : 1 }, (_, i) => ({
          kind: "text",
          text: `${told}.${port}${i}`,
        }));
    return { nodeId, pass, state: "done", outputs };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return { nodeId, pass, state: "failed", error: { code: error.code, message: error.message } };
  }
}

/** Behaviours by step from a seed: mostly fine; in one world of two now and then in trouble. `calm` leaves trouble out. */
export const worldFrom =
  (seed: number, calm = false): World =>
  (key) => {
    let h = seed ^ 0x9e3779b9;
    for (const c of key) h = Math.imul(h ^ c.charCodeAt(0), 0x01000193) >>> 0;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
    const trouble = (h >>> 8) % (seed % 2 === 0 ? 24 : 400);
    return { trouble: calm || trouble > 3 ? -1 : trouble, fires: ((h >>> 16) & 15) | ((h >>> 20) & 3 ? 1 : 0) };
  };

/** Choices from a seed. */
export const chooser = (seed: number): ((n: number) => number) => {
  let state = seed >>> 0 || 1;
  return (n) => {
    state = Math.imul(state ^ (state >>> 13), 0x5bd1e995) + 0x6b43a9b5;
    return (state >>> 0) % n;
  };
};
