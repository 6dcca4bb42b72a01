import type { Journal } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { incoming } from "./upsert.ts";

type Value = Record<string, unknown>;

/** Small records of other parts of the product, by kind and id. */
export const notes = ({ db }: Dialect): Pick<Journal, "getNote" | "putNote" | "listNotes"> => ({
  async getNote(kind, id) {
    const row = await db
      .selectFrom("note")
      .select("value")
      .where("kind", "=", kind)
      .where("id", "=", id)
      .executeTakeFirst();
    return row && (JSON.parse(row.value) as Value);
  },

  async putNote(kind, id, value) {
    await db
      .insertInto("note")
      .values({ kind, id, value: JSON.stringify(value) })
      .onConflict((oc) => oc.columns(["kind", "id"]).doUpdateSet(incoming("value")))
      .execute();
  },

  async listNotes(kind) {
    const rows = await db.selectFrom("note").select(["id", "value"]).where("kind", "=", kind).orderBy("id").execute();
    return rows.map(({ id, value }) => ({ id, value: JSON.parse(value) as Value }));
  },
});
