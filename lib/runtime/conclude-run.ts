import { runOutcome } from "../engine/settle.ts";
import type { Plan, Steps } from "../engine/types.ts";
import { toUsd } from "../protocol/money.ts";
import type { PauseReason, RunStatus } from "../protocol/run.ts";
import type { RunRow, StepRecord } from "./ports.ts";
import type { RunPorts } from "./run-ports.ts";

type Ends = Pick<RunPorts, "journal" | "clock" | "changed">;

/** Writes the end of an execution: status, reason and `run.ended` in one transaction. */
export async function endRun(
  ports: Ends,
  run: RunRow,
  status: RunStatus,
  reason: PauseReason | undefined,
  error: RunRow["error"],
): Promise<RunStatus> {
  const costs = await ports.journal.costOfRuns([run.id]);
  const costUsd = toUsd(costs.get(run.id) ?? 0);
  await ports.journal.write(run.id, run.epoch, {
    run: { status, reason: reason ?? null, error: error ?? null, endedAt: ports.clock.now(), releaseLease: true },
    events: [{ type: "run.ended", status, reason, costUsd, error }],
  });
  ports.changed(run.id);
  return status;
}

/**
 * Ends, pauses or rests a run nothing of which can move any more. Steps held back for quota, disk or budget come first: the engine only sees that
 * they are queued. Everything else is the engine's to say.
 */
export async function concludeRun(
  ports: Ends,
  run: RunRow,
  plan: Plan,
  steps: Steps,
  records: readonly StepRecord[],
): Promise<RunStatus> {
  const held = records.filter((record) => record.state === "queued");
  for (const reason of ["quota", "disk", "budget"] as const) {
    const first = held.find((record) => record.error?.code === reason);
    if (first) return await endRun(ports, run, "paused", reason, first.error);
  }
  const outcome = runOutcome(plan, steps);
  if (!outcome) {
    const error = {
      code: "internal",
      message: "This run stopped moving without an outcome. Resume it; what was made is kept.",
    };
    return await endRun(ports, run, "failed", undefined, error);
  }
  if (outcome.status === "waiting") {
    await ports.journal.write(run.id, run.epoch, {
      run: { status: "waiting", releaseLease: true },
      events: [{ type: "run.waiting", steps: outcome.steps }],
    });
    ports.changed(run.id);
    return "waiting";
  }
  if (outcome.status === "paused") {
    const doubtful = records.find((record) => record.state === "in_doubt");
    return await endRun(ports, run, "paused", outcome.reason, doubtful?.error);
  }
  return await endRun(ports, run, outcome.status, undefined, outcome.status === "failed" ? outcome.error : undefined);
}
