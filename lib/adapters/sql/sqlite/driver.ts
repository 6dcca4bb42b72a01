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
import { DiskFull } from "#lib/runtime/ports.ts";
import { explained } from "./errors.ts";
import { enter, type Line, leave, lineOf } from "./line.ts";

/** How long a statement waits for another process, ms. Write transactions take well under one. */
export const BUSY_MS = 10_000;
/** Statements kept ready. The code has about a hundred texts; multi-row inserts and in-lists add some by their length. */
const PREPARED = 400;

/** Transactions that may share one write to the disk; also bounds how long another process waits for its turn. */
const TOGETHER = 64;

type Prepared = { statement: StatementSync; reads: boolean };

/** A caller's turn at the one connection. */
class Turn implements DatabaseConnection {
  readonly #driver: SqliteDriver;
  /** Inside a transaction of its own. */
  writing = false;
  /** False once the turn was handed on before the caller gave it back. */
  holds = true;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#driver.execute(this, query);
  }

  // biome-ignore lint/correctness/useYield: a stream on the one connection would keep everybody waiting; scans have their own.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("The journal's connection does not stream.");
  }
}

/**
 * One connection for everybody, first come first served: between the statements of a transaction nobody else gets a word in.
 *
 * Waiting for the disk is most of what a transaction costs, so all that is done within one turn of the event loop shares one commit: each
 * transaction is a savepoint in it, and no promise, of a reader either, resolves before everything it may have seen is on the disk.
 */
class SqliteDriver implements Driver {
  readonly #handle: DatabaseSync;
  readonly #file: string;
  readonly #prepared = new Map<string, Prepared>();
  readonly #line: Line;
  /** Those whose work is done but not on the disk yet. */
  readonly #shared: PromiseWithResolvers<void>[] = [];
  /** A transaction is between two of its statements. */
  #inside = false;
  /** The event loop came round while one was. */
  #due = false;

  constructor(handle: DatabaseSync, file: string) {
    this.#handle = handle;
    this.#file = file;
    this.#line = lineOf(file);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Turn> {
    await enter(this.#line, this);
    return new Turn(this);
  }

  async releaseConnection(turn: Turn): Promise<void> {
    if (turn.holds) this.#handOn(turn);
  }

  /** Plain `begin` would start as a reader and fail later, when another process wrote in between. */
  async beginTransaction(turn: Turn): Promise<void> {
    if (!this.#handle.isTransaction) this.#exec("begin immediate");
    this.#exec("savepoint turn");
    turn.writing = true;
    this.#inside = true;
  }

  async commitTransaction(turn: Turn): Promise<void> {
    this.#exec("release turn");
    turn.writing = false;
    this.#inside = false;
    const durable = this.#durable();
    this.#handOn(turn);
    await durable;
  }

  async rollbackTransaction(turn: Turn): Promise<void> {
    if (!turn.writing) return;
    turn.writing = false;
    this.#inside = false;
    // A full disk makes SQLite roll back by itself, and with it everything that was not on the disk yet.
    if (!this.#handle.isTransaction) return void this.#lose(new DiskFull());
    this.#exec("rollback to turn");
    this.#exec("release turn");
    if (this.#shared.length === 0) this.#exec("rollback");
  }

  async destroy(): Promise<void> {
    this.#flush();
    this.#prepared.clear();
    if (this.#handle.isOpen) this.#handle.close();
  }

  async execute<R>(turn: Turn, query: CompiledQuery): Promise<QueryResult<R>> {
    if (turn.writing || this.#shared.length === 0) return this.#run(query);
    const result = this.#run<R>(query);
    const durable = this.#durable();
    this.#handOn(turn);
    await durable;
    return result;
  }

  #run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
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

  /** Resolves when all that is done so far is on the disk. */
  #durable(): Promise<void> {
    const durable = Promise.withResolvers<void>();
    if (this.#shared.push(durable) === 1) {
      this.#line.open = { who: this, close: () => this.#flush() };
      setImmediate(() => {
        this.#due = true;
        if (!this.#inside) this.#flush();
      });
    }
    return durable.promise;
  }

  #handOn(turn: Turn): void {
    turn.holds = false;
    if (this.#due || this.#shared.length >= TOGETHER) this.#flush();
    leave(this.#line);
  }

  /** Puts what is done on the disk, and tells everybody who waits for it. */
  #flush(): void {
    this.#due = false;
    if (this.#shared.length === 0) return;
    this.#line.open = undefined;
    try {
      this.#exec("commit");
    } catch (error) {
      this.#lose(error);
      if (this.#handle.isTransaction) this.#exec("rollback");
    }
    for (const { resolve } of this.#shared.splice(0)) resolve();
  }

  #lose(error: unknown): void {
    for (const { reject } of this.#shared.splice(0)) reject(error);
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
