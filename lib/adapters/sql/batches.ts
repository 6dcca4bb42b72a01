import { sql } from "kysely";
import type { BatchStore, NewBatchRow } from "#lib/runtime/ports.ts";
import { batchMoves } from "./batch-moves.ts";
import { batchRows, toBatch, toBatchRow } from "./batch-rows.ts";
import { settleBatch } from "./batch-state.ts";
import type { BatchRowTable } from "./batch-tables.ts";
import type { Dialect } from "./dialect.ts";
import { pageSize, toFlag, toJson } from "./json.ts";
import { ready } from "./ready.ts";
import type { Tx } from "./tables.ts";

type Heads = Pick<BatchStore, "create" | "get" | "list" | "latest" | "active" | "flying" | "due">;

/** Tables of rows, each row a run. */
export const batches = (dialect: Dialect): BatchStore => ({
  ...heads(dialect),
  ...batchRows(dialect),
  ...batchMoves(dialect),
});

const heads = ({ db, now, lock }: Dialect): Heads => ({
  create: (batch, rows, { key, twinMs }) =>
    db.transaction().execute(async (tx) => {
      await lock(tx, `batch ${key ?? batch.planHash}`);
      const at = await now(tx);
      const known = await sameBatch(tx, key, batch.planHash, at - twinMs);
      if (known) return { batchId: known.id, created: false };
      const { inDoubt, options, inputs, columns } = batch;
      await tx
        .insertInto("batch")
        .values({
          id: batch.id,
          name: batch.name,
          graph_hash: batch.graphHash,
          graph_id: batch.graphId,
          graph_name: batch.graphName,
          table_hash: batch.tableHash,
          plan_hash: batch.planHash,
          idempotency_key: key ?? null,
          columns: JSON.stringify(columns),
          inputs: JSON.stringify(inputs),
          options: JSON.stringify(options),
          in_doubt: inDoubt,
          budget_micro: batch.budgetMicro,
          status: "queued",
          reason: null,
          hold: null,
          cancel_requested_at: null,
          total: rows.length,
          simulated: toFlag(batch.simulated),
          last_seq: 1,
          created_at: at,
          started_at: null,
          ended_at: null,
        })
        .execute();
      for (const [index, row] of rows.entries()) await putRow(tx, newRow(batch.id, index, row));
      await settleBatch(tx, batch.id, at);
      return { batchId: batch.id, created: true };
    }),

  async get(id) {
    const row = await db.selectFrom("batch").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toBatch(row);
  },

  async list({ limit, before, graphId }) {
    let query = db.selectFrom("batch").selectAll().orderBy("created_at", "desc").orderBy("id", "desc");
    if (graphId !== undefined) query = query.where("graph_id", "=", graphId);
    if (before !== undefined) {
      const cursor = await db
        .selectFrom("batch")
        .select(["created_at", "id"])
        .where("id", "=", before)
        .executeTakeFirst();
      if (!cursor) return [];
      query = query.where((eb) =>
        eb(eb.refTuple("created_at", "id"), "<", eb.tuple(eb.val(cursor.created_at), eb.val(cursor.id))),
      );
    }
    return (await query.limit(pageSize(limit)).execute()).map(toBatch);
  },

  async latest(graphId, tableHash) {
    const row = await db
      .selectFrom("batch")
      .selectAll()
      .where("graph_id", "=", graphId)
      .where("table_hash", "=", tableHash)
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row && toBatch(row);
  },

  async active() {
    const rows = await db
      .selectFrom("batch")
      .selectAll()
      .where("status", "in", ["queued", "running"])
      .where("hold", "is", null)
      .orderBy("created_at")
      .limit(100)
      .execute();
    return rows.map(toBatch);
  },

  async flying(id) {
    const rows = await db
      .selectFrom("batch_row")
      .select("run_id")
      .where("batch_id", "=", id)
      .where(sql<boolean>`todo = 0 and status in ('queued', 'running')`)
      .where("run_id", "is not", null)
      .execute();
    return rows.map((row) => row.run_id as string);
  },

  async due(id, limit, except) {
    const rows = await db
      .selectFrom("batch_row")
      .selectAll()
      .where("batch_id", "=", id)
      .where(sql<boolean>`todo <> 0`)
      .orderBy("row_index")
      .limit(pageSize(limit + except.size))
      .execute();
    return rows
      .filter((row) => !except.has(row.row_index))
      .slice(0, limit)
      .map(toBatchRow);
  },
});

const sameBatch = (tx: Tx, key: string | undefined, planHash: string, since: number) =>
  key === undefined
    ? tx
        .selectFrom("batch")
        .select("id")
        .where("plan_hash", "=", planHash)
        .where("created_at", ">=", since)
        .where("idempotency_key", "is", null)
        .orderBy("created_at", "desc")
        .executeTakeFirst()
    : tx.selectFrom("batch").select("id").where("idempotency_key", "=", key).executeTakeFirst();

const newRow = (batchId: string, index: number, row: NewBatchRow): BatchRowTable => ({
  batch_id: batchId,
  row_index: index,
  cells: JSON.stringify(row.cells),
  pictures: toJson(row.pictures),
  status: row.todo === "start" ? "queued" : "empty",
  reason: null,
  error: null,
  run_id: null,
  todo: row.todo === "start" ? 1 : 0,
  edited: 0,
  revision: 1,
  seq: 1,
});

const putRow = ready((tx, row: BatchRowTable) => tx.insertInto("batch_row").values(row));
