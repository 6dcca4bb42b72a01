import { sql } from "kysely";
import { Fenced, type Journal, type RunRow } from "#lib/runtime/ports.ts";
import { followRun } from "./batch-state.ts";
import type { Dialect } from "./dialect.ts";
import { isStatus, leaseHasRunOut, toRunRow } from "./run-rows.ts";
import type { Db, RunTable, Tx } from "./tables.ts";

type Claims = Pick<Journal, "claim" | "heartbeat">;

/** Who works on a run. Every claim raises the epoch, so that whoever held the run before can write nothing more. */
export const claims = (dialect: Dialect): Claims => ({
  async claim(owner, leaseMs, runId) {
    const { db, now } = dialect;
    // Looked for without the write lock: an idle worker asks all the time and must not hold up the others.
    if (runId === undefined && !(await next(dialect, db, await now(db)))) return undefined;
    return db.transaction().execute(async (tx): Promise<RunRow | undefined> => {
      const at = await now(tx);
      const free = runId === undefined ? await next(dialect, tx, at, true) : await named(dialect, tx, runId, at);
      if (!free) return undefined;
      const row = await tx
        .updateTable("run")
        .set({ status: "running", epoch: free.epoch + 1, lease_owner: owner, lease_until: at + leaseMs })
        .where("id", "=", free.id)
        .where("epoch", "=", free.epoch)
        .where("status", "in", ["queued", "running"])
        .returningAll()
        .executeTakeFirst();
      if (row) await followRun(tx, row, at);
      return row && toRunRow(row);
    });
  },

  async heartbeat(runId, epoch, leaseMs) {
    const { db, now } = dialect;
    const row = await db
      .updateTable("run")
      .set({ lease_until: (await now(db)) + leaseMs })
      .where("id", "=", runId)
      .where("epoch", "=", epoch)
      .where("status", "=", sql.lit("running"))
      .returning("cancel_requested_at")
      .executeTakeFirst();
    if (!row) throw new Fenced(runId);
    return { cancelRequested: row.cancel_requested_at !== null };
  },
});

type Held = Pick<RunTable, "status" | "lease_owner" | "lease_until">;
type Free = { id: string; epoch: number };

/** True while somebody works on the run: its lease has not run out, and its owner is not known to be dead. */
export const isHeld = ({ ownerIsDead }: Dialect, run: Held, at: number): boolean =>
  run.status === "running" &&
  !leaseHasRunOut(run.lease_until, at) &&
  !(run.lease_owner !== null && ownerIsDead?.(run.lease_owner));

async function named(dialect: Dialect, tx: Tx, id: string, at: number): Promise<Free | undefined> {
  const run = await tx
    .selectFrom("run")
    .select(["id", "epoch", "status", "lease_owner", "lease_until"])
    .where("id", "=", id)
    .where("status", "in", ["queued", "running"])
    .executeTakeFirst();
  return run && !isHeld(dialect, run, at) ? run : undefined;
}

/** The run a free worker takes: an orphan first, else the most urgent and oldest of the queue. Two indexed statements; one with OR is ten times slower. */
async function next(dialect: Dialect, on: Db | Tx, at: number, taking = false): Promise<Free | undefined> {
  const running = await on
    .selectFrom("run")
    .select(["id", "epoch", "status", "lease_owner", "lease_until"])
    .where((eb) => isStatus(eb, "running"))
    .orderBy("lease_until")
    .execute();
  return (
    running.find((run) => !isHeld(dialect, run, at)) ??
    (await on
      .selectFrom("run")
      .select(["id", "epoch"])
      .where((eb) => isStatus(eb, "queued"))
      .orderBy("priority", "desc")
      .orderBy("created_at")
      .orderBy("id")
      .limit(1)
      .$if(taking && dialect.manyWriters === true, (query) => query.forUpdate().skipLocked())
      .executeTakeFirst())
  );
}
