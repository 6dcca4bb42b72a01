import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely } from "kysely";
import type { Dialect } from "#lib/adapters/sql/dialect.ts";
import { sqlJournal } from "#lib/adapters/sql/journal.ts";
import type { Tables } from "#lib/adapters/sql/tables.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { backUp } from "./back-up.ts";
import { BUSY_MS, sqliteDialect } from "./driver.ts";
import { explained, JournalDamaged } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { privateFile, privateFolder } from "./private-files.ts";
import { scan } from "./scan.ts";
import { keepTexts, sqliteTexts } from "./text-index.ts";

/** Files up to this many pages (32 MiB) are looked through when opened; larger ones by `check`. */
const QUICK_CHECK_PAGES = 8192;

export type SqliteJournalOptions = ({ folder: string } | { file: string }) & {
  /** Epoch ms for leases, buckets and records. */
  now?: () => number;
  /** Knows owners of this machine that are no more; without it a dead worker's run waits until its lease runs out. */
  ownerIsDead?: (owner: string) => boolean;
};

/**
 * Opens the embedded journal: `<folder>/journal.sqlite`, or the file named. Creates and migrates it when needed, closes folder and file to
 * other users, and refuses a damaged one (JournalDamaged) or one of a newer version. The file must lie on a local disk. Any number of
 * processes may have it open; within a process one handle is enough and the caller's business.
 */
export async function openSqliteJournal(options: SqliteJournalOptions): Promise<Journal> {
  const file = resolve("file" in options ? options.file : join(options.folder, "journal.sqlite"));
  let handle: DatabaseSync | undefined;
  try {
    if ("folder" in options) await privateFolder(dirname(file));
    await privateFile(file);
    handle = new DatabaseSync(file, { timeout: BUSY_MS });
    await prepare(handle);
    lookThrough(handle, file);
    const db = new Kysely<Tables>({ dialect: sqliteDialect(handle, file) });
    await migrate(handle, db, file);
    await keepTexts(handle, db);
    return sqlJournal(dialectOf(handle, db, file, options));
  } catch (error) {
    if (handle?.isOpen) handle.close();
    throw explained(error, file);
  }
}

async function prepare(handle: DatabaseSync): Promise<void> {
  await becomeWal(handle);
  handle.exec("pragma synchronous = normal; pragma trusted_schema = off; pragma journal_size_limit = 67108864");
}

/** The switch to WAL needs the file alone and does not wait for it, so two processes opening a new file can meet here. */
async function becomeWal(handle: DatabaseSync): Promise<void> {
  for (let left = BUSY_MS; ; left -= 25)
    try {
      handle.exec("pragma journal_mode = wal");
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== 5 || left <= 0) throw error;
      await sleep(25);
    }
}

function lookThrough(handle: DatabaseSync, file: string): void {
  const { page_count: pages } = handle.prepare("pragma page_count").get() as { page_count: number };
  if (pages > QUICK_CHECK_PAGES) return;
  const [finding] = findings(handle, "quick_check(1)");
  if (finding) throw new JournalDamaged(file, finding);
}

function findings(handle: DatabaseSync, pragma: string): string[] {
  const lines = handle
    .prepare(`pragma ${pragma}`)
    .all()
    .map((row) => String(Object.values(row)[0]));
  return lines.filter((line) => line !== "ok");
}

const dialectOf = (handle: DatabaseSync, db: Kysely<Tables>, file: string, options: SqliteJournalOptions): Dialect => ({
  db,
  now: options.now ?? Date.now,
  ownerIsDead: options.ownerIsDead,
  lock: async () => {},
  texts: sqliteTexts,
  scan: (columns, visit) => scan(file, columns, visit),
  async damage() {
    try {
      return findings(handle, "integrity_check");
    } catch (error) {
      return [(explained(error, file) as Error).message];
    }
  },
  backup: (to) => backUp(file, resolve(to)),
  async close() {
    await db.destroy();
    if (handle.isOpen) handle.close();
  },
});
