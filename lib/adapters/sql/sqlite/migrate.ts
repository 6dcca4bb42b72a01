import type { DatabaseSync } from "node:sqlite";
import { MIGRATIONS, migrationProvider } from "#lib/adapters/sql/migrations/index.ts";
import type { Db } from "#lib/adapters/sql/tables.ts";

/**
 * Brings the schema up to date in one transaction, so that two processes starting at once, or one killed half-way, leave either the old
 * schema or the new one. `user_version` counts the migrations done; an up-to-date file costs one pragma.
 */
export async function migrate(handle: DatabaseSync, db: Db, file: string): Promise<void> {
  const wanted = Object.keys(MIGRATIONS).length;
  const version = () => (handle.prepare("pragma user_version").get() as { user_version: number }).user_version;
  if (version() > wanted)
    throw new Error(
      `The journal ${file} was written by a newer Throughline. Update this one, or use another data folder.`,
    );
  if (version() === wanted) return;
  // Loaded when there is something to do: it costs more than the rest of opening.
  const { Migrator } = await import("kysely/migration");
  await db.transaction().execute(async (tx) => {
    if (version() === wanted) return;
    // The list says the order, not the alphabet; parts that were made side by side may arrive in any order.
    const order = Object.keys(MIGRATIONS);
    const migrator = new Migrator({
      db: tx,
      provider: migrationProvider,
      nameComparator: (a, b) => order.indexOf(a) - order.indexOf(b),
      allowUnorderedMigrations: true,
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    handle.exec(`pragma user_version = ${wanted}`);
  });
}
