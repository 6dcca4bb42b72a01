import type { ArchiveCatalogue } from "#lib/runtime/ports/archive.ts";
import type { Dialect } from "../dialect.ts";
import type { Db, Tx } from "../tables.ts";
import { putWords } from "./changes.ts";

type Collections = Pick<ArchiveCatalogue, "collections" | "addCollection" | "renameCollection" | "removeCollection">;

/** Shelves of the archive: names that entries carry, and such as wait for their first. */
export const collections = (dialect: Dialect): Collections => ({
  async collections() {
    const { db } = dialect;
    const counted = await db
      .selectFrom("archive_card")
      .select((all) => ["collection", all.fn.countAll<number>().as("count")])
      .where("deleted", "=", 0)
      .where("collection", "<>", "")
      .groupBy("collection")
      .execute();
    const counts = new Map(counted.map(({ collection, count }) => [collection, Number(count)]));
    const names = (await db.selectFrom("archive_collection").select("name").execute()).map(({ name }) => name);
    const found = [];
    for (const name of [...new Set([...names, ...counts.keys()])].sort((a, b) => a.localeCompare(b)))
      found.push({ name, count: counts.get(name) ?? 0, cover: await coverOf(db, name) });
    return found;
  },

  async addCollection(name) {
    const { db, now } = dialect;
    const made = await db
      .insertInto("archive_collection")
      .values({ name, created_at: await now(db) })
      .onConflict((oc) => oc.column("name").doNothing())
      .returning("name")
      .executeTakeFirst();
    return made !== undefined;
  },

  renameCollection: (from, to) =>
    dialect.db.transaction().execute(async (tx) => {
      if (!(await drop(tx, from))) return false;
      await tx
        .insertInto("archive_collection")
        .values({ name: to, created_at: await dialect.now(tx) })
        .onConflict((oc) => oc.column("name").doNothing())
        .execute();
      await move(dialect, tx, from, to);
      return true;
    }),

  removeCollection: (name) =>
    dialect.db.transaction().execute(async (tx) => {
      if (!(await drop(tx, name))) return false;
      await move(dialect, tx, name, "");
      return true;
    }),
});

const coverOf = async (db: Db, name: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom("archive_card")
      .select("asset")
      .where("deleted", "=", 0)
      .where("collection", "=", name)
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst()
  )?.asset;

const drop = async (tx: Tx, name: string): Promise<boolean> =>
  (await tx.deleteFrom("archive_collection").where("name", "=", name).returning("name").executeTakeFirst()) !==
  undefined;

/** Those in the bin move along. */
async function move(dialect: Dialect, tx: Tx, from: string, to: string): Promise<void> {
  const cards = await tx.selectFrom("archive_card").selectAll().where("collection", "=", from).execute();
  await tx.updateTable("archive_card").set({ collection: to }).where("collection", "=", from).execute();
  for (const card of cards) await putWords(dialect, tx, { ...card, collection: to });
}
