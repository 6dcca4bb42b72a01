import type { EventBody } from "#lib/protocol/events.ts";
import { toUsd } from "#lib/protocol/money.ts";
import type { StepItem, StepState } from "#lib/protocol/run.ts";
import type { Journal, RunParams } from "#lib/runtime/ports.ts";
import { followById, followRun } from "./batch-state.ts";
import { isHeld } from "./claims.ts";
import type { Dialect } from "./dialect.ts";
import { appendEvents } from "./fence.ts";
import { isEnded, toRunRow } from "./run-rows.ts";
import { toStepRecord } from "./step-rows.ts";
import type { Tx } from "./tables.ts";

type Decisions = Pick<Journal, "requestCancel" | "requeue" | "answerStep">;

/** What people decide about a run from outside, without holding it. */
export const decisions = (dialect: Dialect): Decisions => ({
  requestCancel: (runId) =>
    dialect.db.transaction().execute(async (tx) => {
      const run = await readRun(tx, runId);
      if (!run) return undefined;
      if (isEnded(run.status)) return toRunRow(run);
      const at = await dialect.now(tx);
      // A worker that holds the run must hear of it; with none, the cancel is done here and now.
      const events = run.status === "running" ? [] : await cancelSteps(tx, runId, at);
      const row = await tx
        .updateTable("run")
        .set((eb) => ({
          cancel_requested_at: eb.fn.coalesce("cancel_requested_at", eb.val(at)),
          last_seq: eb("last_seq", "+", events.length),
          ...(run.status !== "running" && { status: "cancelled", reason: null, ended_at: at }),
        }))
        .where("id", "=", runId)
        .returningAll()
        .executeTakeFirstOrThrow();
      await appendEvents(tx, runId, row.last_seq - events.length, at, events);
      await followRun(tx, row, at);
      return toRunRow(row);
    }),

  requeue: (runId, change) =>
    dialect.db.transaction().execute(async (tx) => {
      const run = await readRun(tx, runId);
      if (!run || run.status === "waiting") return undefined;
      if (isHeld(dialect, run, await dialect.now(tx))) return undefined;
      if (run.status === "succeeded") return toRunRow(run);
      const params = JSON.parse(run.params) as RunParams;
      const row = await tx
        .updateTable("run")
        .set({
          status: "queued",
          reason: null,
          error: null,
          cancel_requested_at: null,
          ended_at: null,
          lease_owner: null,
          lease_until: 0,
          ...(change.budgetMicro !== undefined && { budget_micro: change.budgetMicro }),
          ...(change.inDoubt && { params: JSON.stringify({ ...params, inDoubt: change.inDoubt }) }),
        })
        .where("id", "=", runId)
        .returningAll()
        .executeTakeFirstOrThrow();
      await followRun(tx, row, await dialect.now(tx));
      return toRunRow(row);
    }),

  answerStep: (runId, nodeId, pass, answer, by) =>
    dialect.db.transaction().execute(async (tx) => {
      const run = await readRun(tx, runId);
      const step = await tx
        .selectFrom("step")
        .select(["state", "answer"])
        .where("run_id", "=", runId)
        .where("node_id", "=", nodeId)
        .where("pass", "=", pass)
        .executeTakeFirst();
      if (!run || !step) return "unknown";
      if (step.answer !== null) return "already";
      if (step.state !== "waiting" || isEnded(run.status)) return "not-waiting";
      await tx
        .updateTable("step")
        .set({
          answer: JSON.stringify(answer ?? null),
          answered_at: await dialect.now(tx),
          answered_by: by ?? null,
        })
        .where("run_id", "=", runId)
        .where("node_id", "=", nodeId)
        .where("pass", "=", pass)
        .execute();
      await tx
        .updateTable("run")
        .set({ status: "queued", reason: null })
        .where("id", "=", runId)
        .where("status", "in", ["waiting", "paused"])
        .execute();
      await followById(tx, runId, await dialect.now(tx));
      return "answered";
    }),
});

/** Reads a run and keeps it from changing until the transaction ends: the first statement takes the row's lock on every database. */
const readRun = (tx: Tx, runId: string) =>
  tx
    .updateTable("run")
    .set((eb) => ({ last_seq: eb.ref("last_seq") }))
    .where("id", "=", runId)
    .returningAll()
    .executeTakeFirst();

const OPEN_STATES: readonly StepState[] = ["queued", "running", "waiting"];

/** Ends what nobody works on; gives the events that say so, the run's end last. */
async function cancelSteps(tx: Tx, runId: string, at: number): Promise<EventBody[]> {
  const error = { code: "cancelled", message: "The run was cancelled." };
  const rows = await tx
    .updateTable("step")
    .set({ state: "cancelled", error: JSON.stringify(error), ended_at: at })
    .where("run_id", "=", runId)
    .where("state", "in", OPEN_STATES)
    .returningAll()
    .execute();
  const events: EventBody[] = [];
  for (const step of rows.map(toStepRecord)) {
    const items = step.items.map(
      (item): StepItem => (OPEN_STATES.includes(item.state) ? { ...item, state: "cancelled" } : item),
    );
    await tx
      .updateTable("step")
      .set({ items: JSON.stringify(items) })
      .where("run_id", "=", runId)
      .where("node_id", "=", step.nodeId)
      .where("pass", "=", step.pass)
      .execute();
    const { nodeId, pass, why, calls } = step;
    const costUsd = toUsd(step.costMicro);
    events.push({ type: "step.failed", nodeId, pass, state: "cancelled", why, calls, costUsd, items, error });
  }
  const { cost } = await tx
    .selectFrom("call")
    .select((eb) => eb.fn.sum<number | null>("cost_micro").as("cost"))
    .where("run_id", "=", runId)
    .executeTakeFirstOrThrow();
  return [...events, { type: "run.ended", status: "cancelled", costUsd: toUsd(Number(cost ?? 0)) }];
}
