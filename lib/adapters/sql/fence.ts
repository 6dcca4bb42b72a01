import { sql } from "kysely";
import type { EventBody } from "#lib/protocol/events.ts";
import { TRANSIENT } from "#lib/protocol/events.ts";
import { Fenced } from "#lib/runtime/ports.ts";
import { inChunks } from "./json.ts";
import { ready } from "./ready.ts";
import type { EventTable, Tx } from "./tables.ts";

/** Transient events are shown live only. */
export const stored = (events: readonly EventBody[] = []): EventBody[] => events.filter((e) => !TRANSIENT.has(e.type));

/**
 * The fence: locks the run's row, checks that `epoch` still owns a running run and takes `count` sequence numbers, in one statement.
 * Throws Fenced. Gives the last number before the taken ones.
 */
export async function pass(
  tx: Tx,
  runId: string,
  epoch: number,
  count: number,
): Promise<{ seq: number; graphId: string }> {
  const [row] = await takeNumbers(tx, { runId, epoch, count });
  if (!row) throw new Fenced(runId);
  return { seq: row.last_seq - count, graphId: row.graph_id };
}

const takeNumbers = ready((tx, { runId, epoch, count }: { runId: string; epoch: number; count: number }) =>
  tx
    .updateTable("run")
    .set((eb) => ({ last_seq: eb("last_seq", "+", count) }))
    .where("id", "=", runId)
    .where("epoch", "=", epoch)
    .where("status", "=", sql.lit("running"))
    .returning(["last_seq", "graph_id"]),
);

/** Events from which on one statement for all costs less than one for each. */
const MANY_EVENTS = 4;

/** Writes events behind `seq`, whose numbers were taken before in the same transaction; so there are never gaps. */
export async function appendEvents(
  tx: Tx,
  runId: string,
  seq: number,
  at: number,
  events: readonly EventBody[],
): Promise<void> {
  const rows = events.map((body, index) => ({
    run_id: runId,
    seq: seq + index + 1,
    at,
    type: body.type,
    body: JSON.stringify(body),
  }));
  if (rows.length < MANY_EVENTS) for (const row of rows) await putEvent(tx, row);
  else for (const chunk of inChunks(rows, 100)) await tx.insertInto("event").values(chunk).execute();
}

const putEvent = ready((tx, row: EventTable) => tx.insertInto("event").values(row));
