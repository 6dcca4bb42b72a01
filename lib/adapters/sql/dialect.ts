import type { RawBuilder } from "kysely";
import type { Phrase } from "#lib/protocol/search-words.ts";
import type { EntryTexts } from "./catalogue/entry-texts.ts";
import type { Db, Tx } from "./tables.ts";

/** A column of JSON or text that may name assets. */
export type TextColumn = { table: string; column: string };

/** An index of the archive's texts, by the number of each entry. `matching` and `ranked` are selects of (row) and (row, rank); the best has the least rank. */
export type TextIndex = {
  put(tx: Tx, row: number, texts: EntryTexts): Promise<void>;
  matching(phrases: readonly Phrase[]): RawBuilder<unknown>;
  ranked(phrases: readonly Phrase[]): RawBuilder<unknown>;
};

/**
 * What differs between databases; everything else in this folder is one code path on Kysely. `db` must begin its transactions as writers
 * (`begin immediate` on SQLite) and must be durable when a commit returns.
 *
 * Measured on SQLite with a warm disk, one step and two events per write: bare statements 0.14 ms, through Kysely 0.19 ms, of which
 * 0.03 ms is Kysely's own work and the rest is the fsync. So Kysely runs the queries itself and no second executor exists.
 */
export type Dialect = {
  db: Db;
  /** Epoch ms for leases, buckets and records. A database shared by machines answers with its own clock. */
  now(on: Db | Tx): number | Promise<number>;
  /** True when a lease's owner certainly works no more, so that its run need not wait for the lease to run out. */
  ownerIsDead?(owner: string): boolean;
  /**
   * Holds everybody else off one named decision until the transaction ends. SQLite has one writer at a time and needs nothing here;
   * Postgres takes an advisory transaction lock.
   */
  lock(tx: Tx, name: string): Promise<void>;
  /** Several transactions write at once, so that whoever looks for work passes over rows another is just taking (`for update skip locked`). */
  manyWriters?: boolean;
  /** Visits every non-null value of the columns, all from one snapshot, without holding up other work. */
  scan(columns: readonly TextColumn[], visit: (text: string) => void): Promise<void>;
  /** Where the database has an index for texts; without one entries are searched word by word, and the newest is the best. */
  texts?: TextIndex;
  /** What the database says about its own health; empty when well. */
  damage(): Promise<string[]>;
  /** A complete copy in `file`, taken while others write. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
};
