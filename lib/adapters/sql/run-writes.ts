import type { Updateable } from "kysely";
import type { Journal, ResultRow, RunWrite } from "#lib/runtime/ports.ts";
import { putEntry } from "./archive.ts";
import { followById } from "./batch-state.ts";
import type { Dialect } from "./dialect.ts";
import { appendEvents, pass, stored } from "./fence.ts";
import { inChunks, toJson } from "./json.ts";
import { ready } from "./ready.ts";
import { putAsset, putResult, putTurn } from "./results.ts";
import { isEnded } from "./run-rows.ts";
import { putMemory, putSteps } from "./steps.ts";
import type { RunTable, Tx } from "./tables.ts";

/** A worker's write: all of it or nothing, and only while the worker still owns the run. */
export const runWrites = (dialect: Dialect): Pick<Journal, "write"> => ({
  write: (runId, epoch, write) =>
    dialect.db.transaction().execute(async (tx) => {
      const events = stored(write.events);
      const at = await dialect.now(tx);
      const { seq, graphId } = await pass(tx, runId, epoch, events.length);
      if (write.run) await changeRun(tx, runId, write.run, at);
      await putSteps(tx, runId, write.steps ?? []);
      for (const { nodeId, pass } of write.deleteSteps ?? [])
        await tx
          .deleteFrom("step")
          .where("run_id", "=", runId)
          .where("node_id", "=", nodeId)
          .where("pass", "=", pass)
          .execute();
      for (const result of write.results ?? []) await putResult(tx, result);
      await letGo(tx, runId, write.results ?? []);
      for (const turn of write.turns ?? []) await putTurn(tx, turn);
      for (const info of write.assets ?? []) await putAsset(tx, info);
      for (const memory of write.memory ?? []) await putMemory(tx, graphId, memory);
      for (const entry of write.entries ?? []) await putEntry(dialect, tx, entry);
      await appendEvents(tx, runId, seq, at, events);
      if (write.run?.status === "waiting") await queueIfAnswered(tx, runId);
      if (write.run?.status) await followById(tx, runId, at);
    }),
});

async function changeRun(tx: Tx, runId: string, change: NonNullable<RunWrite["run"]>, at: number): Promise<void> {
  const { status } = change;
  const letGo = change.releaseLease || (status !== undefined && status !== "running");
  const set: Updateable<RunTable> = {
    ...(status && { status }),
    ...(change.reason !== undefined && { reason: change.reason }),
    ...(change.error !== undefined && { error: change.error && toJson(change.error) }),
    ...(change.startedAt !== undefined && { started_at: change.startedAt }),
    ...(status && isEnded(status) && { ended_at: change.endedAt ?? at }),
    ...(change.endedAt !== undefined && { ended_at: change.endedAt }),
    ...(letGo && { lease_owner: null, lease_until: 0 }),
  };
  if (Object.keys(set).length > 0) await tx.updateTable("run").set(set).where("id", "=", runId).execute();
  if (status !== undefined && status !== "running")
    await tx.deleteFrom("item_claim").where("run_id", "=", runId).execute();
}

/** What is made is nobody's to make any more. */
async function letGo(tx: Tx, runId: string, results: readonly ResultRow[]): Promise<void> {
  if (results.length === 1) for (const { key } of results) return void (await dropClaim(tx, { runId, key }));
  for (const keys of inChunks(
    results.map(({ key }) => key),
    200,
  ))
    await tx.deleteFrom("item_claim").where("run_id", "=", runId).where("key", "in", keys).execute();
}

const dropClaim = ready((tx, { runId, key }: { runId: string; key: string }) =>
  tx.deleteFrom("item_claim").where("run_id", "=", runId).where("key", "=", key),
);

/** A person may have answered while the worker was busy elsewhere: such a run must not rest, nobody would wake it. */
async function queueIfAnswered(tx: Tx, runId: string): Promise<void> {
  await tx
    .updateTable("run")
    .set({ status: "queued" })
    .where("id", "=", runId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("step")
          .select("step.node_id")
          .where("step.run_id", "=", runId)
          .where("step.state", "=", "waiting")
          .where("step.answer", "is not", null),
      ),
    )
    .execute();
}
