import type { SentStore } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { given } from "./json.ts";
import { incoming } from "./upsert.ts";

/** Signed messages that left, or are to leave. */
export const sent = ({ db }: Dialect): SentStore => ({
  async get(id) {
    const row = await db.selectFrom("sent").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) return undefined;
    const { run_id, node_id, status, error, ...rest } = row;
    return { ...rest, runId: run_id, nodeId: node_id, status: given(status), error: given(error) };
  },

  async put({ runId, nodeId, status, error, ...rest }) {
    await db
      .insertInto("sent")
      .values({ ...rest, run_id: runId, node_id: nodeId, status: status ?? null, error: error ?? null })
      .onConflict((oc) => oc.column("id").doUpdateSet(incoming("host", "state", "attempts", "status", "error", "at")))
      .execute();
  },
});
