import type { Selectable } from "kysely";
import { ROW_STATUSES, type RowCounts } from "#lib/protocol/batches.ts";
import type { Failure } from "#lib/protocol/failure.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";
import type { AssetId, Outputs } from "#lib/protocol/values.ts";
import type { BatchOptions, BatchRecord, BatchRowRecord, BatchStore, RowTodo } from "#lib/runtime/ports.ts";
import type { BatchRowTable, BatchTable } from "./batch-tables.ts";
import type { Dialect } from "./dialect.ts";
import { fromJson, given, inChunks, pageSize } from "./json.ts";
import { costNow } from "./ledger.ts";

const DUTIES: readonly RowTodo[] = ["nothing", "start", "resume"];
type Reads = Pick<BatchStore, "counts" | "cost" | "costs" | "rows" | "row" | "changed" | "outputs">;

/** Reading a table: by page, by change, and what its rows have come to. */
export const batchRows = ({ db }: Dialect): Reads => ({
  async counts(id) {
    const rows = await db
      .selectFrom("batch_row")
      .select((eb) => ["status", eb.fn.countAll<number>().as("n")])
      .where("batch_id", "=", id)
      .groupBy("status")
      .execute();
    const found = new Map(rows.map(({ status, n }) => [status, Number(n)]));
    return Object.fromEntries(ROW_STATUSES.map((status) => [status, found.get(status) ?? 0])) as RowCounts;
  },

  async cost(id) {
    const row = await db.selectFrom("call").select(costNow).where("batch_id", "=", id).executeTakeFirst();
    return Number(row?.cost ?? 0);
  },

  async costs(runIds) {
    const costs = new Map<string, number>();
    for (const ids of inChunks(runIds, 200)) {
      const rows = await db
        .selectFrom("call")
        .select(["run_id", costNow])
        .where("run_id", "in", ids)
        .groupBy("run_id")
        .execute();
      for (const { run_id, cost } of rows) costs.set(run_id, Number(cost));
    }
    return costs;
  },

  async rows(id, { from, limit, status }) {
    let query = db
      .selectFrom("batch_row")
      .selectAll()
      .where("batch_id", "=", id)
      .where("row_index", ">=", from)
      .orderBy("row_index");
    if (status) query = query.where("status", "=", status);
    return (await query.limit(pageSize(limit)).execute()).map(toBatchRow);
  },

  async row(id, index) {
    const row = await db
      .selectFrom("batch_row")
      .selectAll()
      .where("batch_id", "=", id)
      .where("row_index", "=", index)
      .executeTakeFirst();
    return row && toBatchRow(row);
  },

  async changed(id, { seq, index }, limit) {
    const rows = await db
      .selectFrom("batch_row")
      .selectAll()
      .where("batch_id", "=", id)
      .where((eb) => eb(eb.refTuple("seq", "row_index"), ">", eb.tuple(eb.val(seq), eb.val(index))))
      .orderBy("seq")
      .orderBy("row_index")
      .limit(pageSize(limit))
      .execute();
    return rows.map(toBatchRow);
  },

  async outputs(runIds, nodeIds) {
    const found = new Map<string, Map<string, Outputs>>();
    if (nodeIds.length === 0) return found;
    for (const ids of inChunks(runIds, 100)) {
      const steps = await db
        .selectFrom("step")
        .select(["run_id", "node_id", "outputs"])
        .where("run_id", "in", ids)
        .where("node_id", "in", nodeIds)
        .where("outputs", "is not", null)
        .orderBy("run_id")
        .orderBy("node_id")
        .orderBy("pass")
        .execute();
      for (const { run_id, node_id, outputs } of steps) {
        const nodes = found.get(run_id) ?? new Map<string, Outputs>();
        found.set(run_id, nodes);
        const ports = nodes.get(node_id) ?? {};
        nodes.set(node_id, ports);
        for (const [port, values] of Object.entries(fromJson<Outputs>(outputs) ?? {}))
          ports[port] = [...(ports[port] ?? []), ...values];
      }
    }
    return found;
  },
});

export const toBatchRow = (row: Selectable<BatchRowTable>): BatchRowRecord => ({
  index: row.row_index,
  cells: JSON.parse(row.cells) as string[],
  pictures: fromJson<Record<string, AssetId>>(row.pictures),
  status: row.status,
  reason: given(row.reason),
  error: fromJson<Failure>(row.error),
  runId: given(row.run_id),
  todo: DUTIES[row.todo] ?? "nothing",
  revision: row.revision,
  seq: row.seq,
});

export const toBatch = (row: Selectable<BatchTable>): BatchRecord => ({
  id: row.id,
  name: row.name,
  graphHash: row.graph_hash,
  graphId: row.graph_id,
  graphName: row.graph_name,
  tableHash: row.table_hash,
  planHash: row.plan_hash,
  columns: JSON.parse(row.columns) as string[],
  inputs: JSON.parse(row.inputs) as GraphInput[],
  options: JSON.parse(row.options) as BatchOptions,
  inDoubt: row.in_doubt,
  budgetMicro: row.budget_micro,
  status: row.status,
  reason: given(row.reason),
  hold: given(row.hold),
  total: row.total,
  simulated: row.simulated === 1,
  lastSeq: row.last_seq,
  createdAt: row.created_at,
  startedAt: given(row.started_at),
  endedAt: given(row.ended_at),
});
