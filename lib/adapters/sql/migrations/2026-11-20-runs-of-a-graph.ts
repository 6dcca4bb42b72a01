import type { Kysely } from "kysely";

/** The runs of one graph, newest first, without reading everybody else's. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema.createIndex("run_graph").on("run").columns(["graph_id", "created_at desc", "id desc"]).execute();
}
