import { sql } from "kysely";
import { MIGRATIONS, migrationProvider } from "#lib/adapters/sql/migrations/index.ts";
import type { Db, Tx } from "#lib/adapters/sql/tables.ts";
import { lock } from "./lock.ts";

/**
 * Brings the schema up to date in one transaction behind a lock, so that many processes may start at once and one that is killed leaves the
 * old schema. Throws when the database was written by a newer edition.
 */
export async function migrate(db: Db, place: string): Promise<void> {
  if (await upToDate(db, place)) return;
  const { Migrator } = await import("kysely/migration");
  await db.transaction().execute(async (tx) => {
    await lock(tx, "migrate");
    if (await upToDate(tx, place)) return;
    const order = Object.keys(MIGRATIONS);
    const migrator = new Migrator({
      db: tx,
      provider: migrationProvider,
      nameComparator: (a, b) => order.indexOf(a) - order.indexOf(b),
      allowUnorderedMigrations: true,
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  });
}

async function upToDate(on: Db | Tx, place: string): Promise<boolean> {
  const { rows: known } = await sql<{
    there: boolean;
  }>`select to_regclass('kysely_migration') is not null as there`.execute(on);
  if (!known[0]?.there) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(on);
  if (rows.some(({ name }) => !(name in MIGRATIONS)))
    throw new Error(
      `The database ${place} was written by a newer Throughline. Update this one, or use another database.`,
    );
  return rows.length === Object.keys(MIGRATIONS).length;
}
