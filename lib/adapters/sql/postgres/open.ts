import { sql } from "kysely";
import type { Dialect } from "#lib/adapters/sql/dialect.ts";
import { sqlJournal } from "#lib/adapters/sql/journal.ts";
import type { Db, Tx } from "#lib/adapters/sql/tables.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { postgresKysely } from "./driver.ts";
import { explained, placeOf } from "./errors.ts";
import { inOrder } from "./in-order.ts";
import { lock } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { poolOf } from "./pool.ts";
import { scan } from "./scan.ts";

/** `with … as materialized` is of this edition (PostgreSQL release notes 12). */
const OLDEST = 120_000;

export type PostgresJournalOptions = {
  /** `postgres://user:password@host/database`; never shown. */
  url: string;
  /** Knows owners that certainly work no more, on whatever machine; without it a dead worker's run waits until its lease runs out. */
  ownerIsDead?: (owner: string) => boolean;
};

/**
 * Opens the journal in a PostgreSQL database (12 or newer, UTF-8), which any number of machines may share; makes and migrates its tables when
 * needed. Times are the database's. Refuses one that cannot be reached, is too old, or was written by a newer edition, with a sentence
 * that names the place and not the password.
 */
export async function openPostgresJournal({ url, ownerIsDead }: PostgresJournalOptions): Promise<Journal> {
  const place = placeOf(url);
  const db = postgresKysely(poolOf(url, place));
  try {
    await fits(db, place);
    await migrate(db, place);
    return inOrder(sqlJournal(dialectOf(db, place, ownerIsDead)));
  } catch (error) {
    await db.destroy().catch(() => {});
    throw explained(error, place);
  }
}

async function fits(db: Db, place: string): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(
    db,
  );
  const { version = 0, encoding = "" } = rows[0] ?? {};
  if (version < OLDEST) throw new Error(`The database ${place} is older than PostgreSQL 12.`);
  if (encoding !== "UTF8")
    throw new Error(`The database ${place} stores texts as ${encoding}; one made with encoding UTF8 is needed.`);
}

const dialectOf = (db: Db, place: string, ownerIsDead: PostgresJournalOptions["ownerIsDead"]): Dialect => ({
  db,
  now: clock,
  ownerIsDead,
  lock,
  manyWriters: true,
  scan: (columns, visit) => scan(db, columns, visit),
  async damage() {
    try {
      return await damageOf(db);
    } catch (error) {
      return [(explained(error, place) as Error).message];
    }
  },
  async backup() {
    throw new Error(
      `The journal is in the database ${place}, which has its own backups: use pg_dump or your server's, and copy the assets folder after it.`,
    );
  },
  close: () => db.destroy(),
});

/** The server's clock, which is one for all machines; within a transaction it goes on. */
async function clock(on: Db | Tx): Promise<number> {
  const { rows } = await sql<{ now: number }>`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(on);
  return rows[0]!.now;
}

/** What the server noticed by itself: broken pages, where it was set up to look for them, and indexes that were not finished. */
async function damageOf(db: Db): Promise<string[]> {
  const { rows: pages } = await sql<{ failures: number | null }>`
    select checksum_failures as failures from pg_stat_database where datname = current_database()`.execute(db);
  const { rows: indexes } = await sql<{ name: string }>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid and c.relnamespace = current_schema()::regnamespace`.execute(db);
  const failures = pages[0]?.failures ?? 0;
  return [
    ...(failures > 0 ? [`The database's server found ${failures} broken pages.`] : []),
    ...indexes.map(({ name }) => `The index ${name} is not valid; make it again with REINDEX.`),
  ];
}
