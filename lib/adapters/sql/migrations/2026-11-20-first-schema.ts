import type { CreateTableBuilder, Kysely } from "kysely";

type Columns = Record<string, "text" | "integer" | "bigint" | "double precision">;

/** A table whose columns are not null unless their name ends in `?`. */
const table = (db: Kysely<never>, name: string, columns: Columns, key: string[]) => {
  let building: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, type] of Object.entries(columns))
    building = column.endsWith("?")
      ? building.addColumn(column.slice(0, -1), type)
      : building.addColumn(column, type, (c) => c.notNull());
  return building.addPrimaryKeyConstraint(`${name}_key`, key as [string, ...string[]]).execute();
};

export async function up(db: Kysely<never>): Promise<void> {
  await table(db, "graph_version", { hash: "text", graph_id: "text", json: "text", created_at: "bigint" }, ["hash"]);
  await table(db, "graph", { id: "text", revision: "integer", deleted: "integer" }, ["id"]);
  await table(
    db,
    "graph_revision",
    {
      id: "text",
      revision: "integer",
      etag: "text",
      hash: "text",
      name: "text",
      json: "text",
      created_at: "bigint",
    },
    ["id", "revision"],
  );
  await table(
    db,
    "run",
    {
      id: "text",
      graph_hash: "text",
      graph_id: "text",
      graph_name: "text",
      params: "text",
      status: "text",
      "reason?": "text",
      priority: "integer",
      epoch: "integer",
      "lease_owner?": "text",
      lease_until: "bigint",
      "cancel_requested_at?": "bigint",
      last_seq: "integer",
      "budget_micro?": "bigint",
      simulated: "integer",
      "error?": "text",
      "batch_id?": "text",
      "row_index?": "integer",
      created_at: "bigint",
      "started_at?": "bigint",
      "ended_at?": "bigint",
    },
    ["id"],
  );
  await table(db, "idempotency", { key: "text", run_id: "text", created_at: "bigint" }, ["key"]);
  await table(
    db,
    "step",
    {
      run_id: "text",
      node_id: "text",
      pass: "integer",
      state: "text",
      cached: "integer",
      why: "text",
      items: "text",
      "outputs?": "text",
      "question?": "text",
      "answer?": "text",
      "error?": "text",
      "warnings?": "text",
      "rehydrated?": "integer",
      calls: "integer",
      cost_micro: "bigint",
      "started_at?": "bigint",
      "ended_at?": "bigint",
    },
    ["run_id", "node_id", "pass"],
  );
  await table(db, "event", { run_id: "text", seq: "integer", at: "bigint", type: "text", body: "text" }, [
    "run_id",
    "seq",
  ]);
  await table(
    db,
    "call",
    {
      key: "text",
      run_id: "text",
      node_id: "text",
      pass: "integer",
      item: "integer",
      item_key: "text",
      slot: "integer",
      attempt: "integer",
      epoch: "integer",
      provider: "text",
      lane: "text",
      model: "text",
      request_hash: "text",
      request: "text",
      reserved_micro: "bigint",
      cost_micro: "bigint",
      spent_micro: "bigint",
      estimated: "integer",
      state: "text",
      "response_id?": "text",
      "request_id?": "text",
      "answer?": "text",
      "error?": "text",
      created_at: "bigint",
      "accepted_at?": "bigint",
      "settled_at?": "bigint",
    },
    ["key"],
  );
  await table(
    db,
    "result",
    {
      key: "text",
      outputs: "text",
      "warnings?": "text",
      "rehydrated?": "integer",
      run_id: "text",
      node_id: "text",
      cost_micro: "bigint",
      created_at: "bigint",
    },
    ["key"],
  );
  await table(
    db,
    "turn",
    {
      response_id: "text",
      "parent_id?": "text",
      provider: "text",
      prompt: "text",
      "spec_text?": "text",
      "spec_name?": "text",
      "asset?": "text",
      stored: "integer",
      turn: "text",
      created_at: "bigint",
    },
    ["response_id"],
  );
  await table(
    db,
    "asset",
    { asset: "text", bytes: "bigint", media_type: "text", "width?": "integer", "height?": "integer" },
    ["asset"],
  );
  await table(db, "node_memory", { graph_id: "text", node_id: "text", run_id: "text", parts: "text" }, [
    "graph_id",
    "node_id",
  ]);
  await table(
    db,
    "archive_entry",
    {
      id: "text",
      run_id: "text",
      node_id: "text",
      pass: "integer",
      item: "integer",
      position: "integer",
      name: "text",
      asset: "text",
      media_type: "text",
      "collection?": "text",
      "title?": "text",
      "alt?": "text",
      tags: "text",
      record: "text",
      words: "text",
      created_at: "bigint",
    },
    ["id"],
  );
  await table(db, "rate_bucket", { key: "text", tat: "double precision" }, ["key"]);
  await table(db, "item_claim", { key: "text", run_id: "text", epoch: "integer" }, ["key"]);
  await table(db, "note", { kind: "text", id: "text", value: "text" }, ["kind", "id"]);
  await indexes(db as unknown as Kysely<Record<string, Record<string, unknown>>>);
}

async function indexes(db: Kysely<Record<string, Record<string, unknown>>>): Promise<void> {
  const { schema } = db;
  // The status leads: a partial index on it would be the smaller one, but SQLite's planner passes it over for `run_status` and sorts.
  await schema.createIndex("run_claim").on("run").columns(["status", "priority desc", "created_at", "id"]).execute();
  await schema.createIndex("run_newest").on("run").columns(["created_at desc", "id desc"]).execute();
  await schema.createIndex("run_status").on("run").columns(["status", "created_at desc", "id desc"]).execute();
  await schema
    .createIndex("run_row")
    .unique()
    .on("run")
    .columns(["batch_id", "row_index"])
    .where("batch_id", "is not", null)
    .execute();
  await schema.createIndex("call_response").unique().on("call").column("response_id").execute();
  await schema.createIndex("call_item").on("call").columns(["item_key", "attempt"]).execute();
  await schema.createIndex("call_run").on("call").columns(["run_id", "spent_micro"]).execute();
  await schema.createIndex("call_day").on("call").columns(["created_at", "spent_micro"]).execute();
  await schema
    .createIndex("call_open")
    .on("call")
    .columns(["state", "created_at"])
    .where("state", "in", ["intent", "accepted", "in_doubt"])
    .execute();
  await schema.createIndex("item_claim_run").on("item_claim").column("run_id").execute();
  await schema.createIndex("archive_newest").on("archive_entry").columns(["created_at desc", "id desc"]).execute();
  await schema.createIndex("archive_run").on("archive_entry").column("run_id").execute();
}
