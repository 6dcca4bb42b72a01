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
import { type WalSync, walSync } from "./wal-sync.ts";

/** How long a statement waits for another process, ms. Write transactions take well under one. */
export const BUSY_MS = 10_000;
/** Statements kept ready. The code has about a hundred texts; multi-row inserts and in-lists add some by their length. */
const PREPARED = 400;

/** Transactions that may share one write to the disk; also bounds how long another process waits for its turn. */
const TOGETHER = 64;

/** What changes nothing; a write on its own commits itself. */
const READS = /^\s*(select|pragma|explain)\b/i;

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
 * transaction is a savepoint in it. The commit itself waits for nothing (`synchronous = normal`): another thread puts the log on the disk
 * meanwhile, as often as it gets done, and no promise, of a reader either, resolves before everything it may have seen is there.
 */
class SqliteDriver implements Driver {
  readonly #handle: DatabaseSync;
  readonly #file: string;
  readonly #prepared = new Map<string, Prepared>();
  readonly #line: Line;
  readonly #disk: WalSync;
  /** Those whose work is done but not committed yet. */
  readonly #shared: PromiseWithResolvers<void>[] = [];
  /** Those whose work is committed and must be on the disk before they are told. */
  #committed: PromiseWithResolvers<void>[] = [];
  /** Those the disk is being waited for. */
  #awaited: PromiseWithResolvers<void>[] = [];
  #syncing: Promise<void> | undefined;
  /** A transaction is between two of its statements. */
  #inside = false;
  /** The event loop came round while one was. */
  #due = false;

  constructor(handle: DatabaseSync, file: string, disk: WalSync) {
    this.#handle = handle;
    this.#file = file;
    this.#disk = disk;
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
    await this.#syncing;
    await this.#disk.close();
    this.#prepared.clear();
    if (this.#handle.isOpen) this.#handle.close();
  }

  async execute<R>(turn: Turn, query: CompiledQuery): Promise<QueryResult<R>> {
    const wrote = !READS.test(query.sql);
    if (turn.writing || (!wrote && this.#shared.length === 0 && !this.#syncing)) return this.#run(query);
    const result = this.#run<R>(query);
    const durable = this.#shared.length > 0 ? this.#durable() : this.#awaiting(wrote);
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

  /** Resolves when all that is committed so far is on the disk. */
  #awaiting(wrote: boolean): Promise<void> {
    const durable = Promise.withResolvers<void>();
    (wrote || this.#committed.length > 0 ? this.#committed : this.#awaited).push(durable);
    this.#syncing ??= this.#sync();
    return durable.promise;
  }

  #handOn(turn: Turn): void {
    turn.holds = false;
    if (this.#due || this.#shared.length >= TOGETHER) this.#flush();
    leave(this.#line);
  }

  /** Commits what is done; everybody who waits for it is told once it is on the disk. */
  #flush(): void {
    this.#due = false;
    if (this.#shared.length === 0) return;
    this.#line.open = undefined;
    try {
      this.#exec("commit");
    } catch (error) {
      this.#lose(error);
      if (this.#handle.isTransaction) this.#exec("rollback");
      return;
    }
    this.#committed.push(...this.#shared.splice(0));
    this.#syncing ??= this.#sync();
  }

  /** What is committed while the disk works shares the next wait. */
  async #sync(): Promise<void> {
    while (this.#committed.length > 0) {
      this.#awaited = this.#committed;
      this.#committed = [];
      try {
        await this.#disk.sync();
        for (const { resolve } of this.#awaited.splice(0)) resolve();
      } catch (error) {
        const why = explained(error, this.#file);
        for (const { reject } of this.#awaited.splice(0)) reject(why);
      }
    }
    this.#syncing = undefined;
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

/**
 * Kysely over an open `node:sqlite` handle in WAL mode, whose errors are explained with the file's name. `disk` = how its log gets on the
 * disk; with it, `synchronous = normal` keeps what has been told as surely as `full` would.
 */
export const sqliteDialect = (handle: DatabaseSync, file: string, disk: WalSync = walSync(file)): Dialect => ({
  createAdapter: () => new Adapter(),
  createDriver: () => new SqliteDriver(handle, file, disk),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
