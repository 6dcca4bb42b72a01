import { sql, type Updateable } from "kysely";
import type { BatchPause } from "#lib/protocol/batches.ts";
import type { PauseReason, RunStatus } from "#lib/protocol/run.ts";
import type { BatchTable } from "./batch-tables.ts";
import { ready } from "./ready.ts";
import type { RunTable, Tx } from "./tables.ts";

/** What a row needs to know of its run. */
type Followed = Pick<RunTable, "id" | "batch_id" | "row_index" | "status" | "reason" | "error">;

/**
 * The row of a run takes the run's new status, in the transaction that gave it, and the batch follows. A run that was replaced, or whose row was
 * edited since, changes nothing. A run that was interrupted because its process ended goes on as soon as somebody can.
 */
export async function followRun(tx: Tx, run: Followed, at: number): Promise<void> {
  if (run.batch_id === null || run.row_index === null) return;
  const batch = await nextChange(tx, run.batch_id);
  if (!batch) return;
  const interrupted = run.status === "cancelled" && batch.cancel_requested_at === null && wasInterrupted(run.error);
  const reason = run.status === "paused" ? run.reason : null;
  await takeStatus(tx, {
    batchId: run.batch_id,
    row: run.row_index,
    runId: run.id,
    status: interrupted ? "queued" : run.status,
    reason,
    error: interrupted ? null : run.error,
    todo: interrupted ? 2 : 0,
    seq: batch.last_seq,
  });
  // Out of quota or disk, every further row would only meet the same wall.
  if (reason === "quota" || reason === "disk")
    await tx.updateTable("batch").set({ hold: reason }).where("id", "=", run.batch_id).execute();
  await settleBatch(tx, run.batch_id, at);
}

/** The same, for a run whose new status is in its row already. */
export async function followById(tx: Tx, runId: string, at: number): Promise<void> {
  const run = await tx
    .selectFrom("run")
    .select(["id", "batch_id", "row_index", "status", "reason", "error"])
    .where("id", "=", runId)
    .where("batch_id", "is not", null)
    .executeTakeFirst();
  if (run) await followRun(tx, run, at);
}

const takeStatus = ready(
  (
    tx,
    given: {
      batchId: string;
      row: number;
      runId: string;
      status: string;
      reason: string | null;
      error: string | null;
      todo: number;
      seq: number;
    },
  ) =>
    tx
      .updateTable("batch_row")
      .set({
        status: given.status as RunStatus,
        reason: given.reason as PauseReason | null,
        error: given.error,
        todo: given.todo as 0 | 2,
        seq: given.seq,
      })
      .where("batch_id", "=", given.batchId)
      .where("row_index", "=", given.row)
      .where("run_id", "=", given.runId)
      .where("edited", "=", 0),
);

const wasInterrupted = (error: string | null): boolean =>
  error !== null && (JSON.parse(error) as { code?: string }).code === "interrupted";

/** The batch with the number of its next change; undefined for an unknown one. */
const nextChange = async (tx: Tx, id: string) => (await count(tx, { id }))[0];

const count = ready((tx, { id }: { id: string }) =>
  tx
    .updateTable("batch")
    .set((eb) => ({ last_seq: eb("last_seq", "+", 1) }))
    .where("id", "=", id)
    .returning(["last_seq", "cancel_requested_at"]),
);

const looked = ready((tx, { id }: { id: string }) =>
  tx
    .selectFrom("batch")
    .select(["status", "reason", "hold", "cancel_requested_at", "started_at"])
    .select([
      sql<number>`exists (select 1 from batch_row where batch_id = ${id} and todo = 0 and status in ('queued', 'running'))`.as(
        "flying",
      ),
      sql<number>`exists (select 1 from batch_row where batch_id = ${id} and todo <> 0)`.as("due"),
    ])
    .where("id", "=", id),
);

/** A batch's status follows from its rows: under way, held, or what its rows have come to. */
export async function settleBatch(tx: Tx, id: string, at: number): Promise<void> {
  const [batch] = await looked(tx, { id });
  if (!batch) return;
  const next = await statusOf(tx, id, batch);
  if (next.status === batch.status && (next.reason ?? null) === batch.reason) return;
  const moving = next.status === "running" || next.status === "queued";
  const set: Updateable<BatchTable> = {
    status: next.status,
    reason: next.reason ?? null,
    ended_at: moving ? null : at,
    ...(next.status === "running" && batch.started_at === null ? { started_at: at } : {}),
  };
  await tx.updateTable("batch").set(set).where("id", "=", id).execute();
}

type Looked = Pick<BatchTable, "hold" | "cancel_requested_at" | "started_at"> & { flying: unknown; due: unknown };

async function statusOf(tx: Tx, id: string, batch: Looked): Promise<{ status: RunStatus; reason?: BatchPause }> {
  if (Number(batch.flying)) return { status: "running" };
  if (Number(batch.due)) {
    if (batch.hold) return { status: "paused", reason: batch.hold };
    return { status: batch.started_at === null ? "queued" : "running" };
  }
  if (batch.cancel_requested_at !== null) return { status: "cancelled" };
  const found = await tx
    .selectFrom("batch_row")
    .select(["status", "reason"])
    .where("batch_id", "=", id)
    .groupBy(["status", "reason"])
    .execute();
  const paused = (["quota", "disk", "budget", "in_doubt"] as const).find((reason) =>
    found.some((row) => row.status === "paused" && row.reason === reason),
  );
  if (paused) return { status: "paused", reason: paused };
  for (const status of ["waiting", "failed", "cancelled", "succeeded"] as const)
    if (found.some((row) => row.status === status)) return { status };
  return found.every((row) => row.status === "empty")
    ? { status: "paused", reason: "person" }
    : { status: "succeeded" };
}
