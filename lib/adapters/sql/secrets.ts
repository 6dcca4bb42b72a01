import type { Selectable } from "kysely";
import type { SealedText, SecretRow, SecretStore } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { incoming } from "./upsert.ts";
import type { SecretTable } from "./ways-in-tables.ts";

/** Sealed secrets by name. */
export const secrets = ({ db }: Dialect): SecretStore => ({
  async put({ name, origin, sealed, createdAt }) {
    await db
      .insertInto("secret")
      .values({ name, origin, sealed: JSON.stringify(sealed), created_at: createdAt })
      .onConflict((oc) => oc.column("name").doUpdateSet(incoming("origin", "sealed", "created_at")))
      .execute();
  },

  async get(name) {
    const row = await db.selectFrom("secret").selectAll().where("name", "=", name).executeTakeFirst();
    return row && toSecretRow(row);
  },

  async list() {
    return (await db.selectFrom("secret").selectAll().orderBy("name").execute()).map(toSecretRow);
  },

  async remove(name) {
    const gone = await db.deleteFrom("secret").where("name", "=", name).returning("name").executeTakeFirst();
    return gone !== undefined;
  },
});

const toSecretRow = (row: Selectable<SecretTable>): SecretRow => ({
  name: row.name,
  origin: row.origin,
  sealed: JSON.parse(row.sealed) as SealedText,
  createdAt: row.created_at,
});
