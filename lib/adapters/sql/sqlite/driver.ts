import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { explained } from "./errors.ts";
import { enter, type Line, leave, lineOf } from "./line.ts";

/** How long a statement waits for another process, ms. Write transactions take well under one. */
export const BUSY_MS = 10_000;
/** Statements kept ready. The code has about a hundred texts; multi-row inserts and in-lists add some by their length. */
const PREPARED = 400;

type Prepared = { statement: StatementSync; reads: boolean };

/** One connection for everybody, first come first served: between the statements of a transaction nobody else gets a word in. */
class SqliteDriver implements Driver, DatabaseConnection {
  readonly #handle: DatabaseSync;
  readonly #file: string;
  readonly #prepared = new Map<string, Prepared>();
  readonly #line: Line;

  constructor(handle: DatabaseSync, file: string) {
    this.#handle = handle;
    this.#file = file;
    this.#line = lineOf(file);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await enter(this.#line);
    return this;
  }

  async releaseConnection(): Promise<void> {
    leave(this.#line);
  }

  /** Plain `begin` would start as a reader and fail later, when another process wrote in between. */
  async beginTransaction(): Promise<void> {
    this.#exec("begin immediate");
  }

  async commitTransaction(): Promise<void> {
    this.#exec("commit");
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself.
    if (this.#handle.isTransaction) this.#exec("rollback");
  }

  async destroy(): Promise<void> {
    this.#prepared.clear();
    if (this.#handle.isOpen) this.#handle.close();
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const { statement, reads } = this.#prepare(sql);
      const values = parameters as SQLInputValue[];
      // Rows come without a prototype, which surprises whoever compares or serialises them.
      if (reads) return { rows: statement.all(...values).map((row) => ({ ...row })) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    } catch (error) {
      throw explained(error, this.#file);
    }
  }

  // biome-ignore lint/correctness/useYield: a stream on the one connection would keep everybody waiting; scans have their own.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("The journal's connection does not stream.");
  }

  #exec(sql: string): void {
    try {
      this.#prepare(sql).statement.run();
    } catch (error) {
      throw explained(error, this.#file);
    }
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#handle.prepare(sql);
    const prepared = { statement, reads: statement.columns().length > 0 };
    if (this.#prepared.size >= PREPARED) this.#prepared.delete(this.#prepared.keys().next().value!);
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

/** SQLite can roll back a half-made schema; Kysely's own adapter says no and would migrate without a transaction. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
  /** The driver keeps the line itself. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Kysely over an open `node:sqlite` handle, whose errors are explained with the file's name. */
export const sqliteDialect = (handle: DatabaseSync, file: string): Dialect => ({
  createAdapter: () => new Adapter(),
  createDriver: () => new SqliteDriver(handle, file),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
