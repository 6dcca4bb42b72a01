import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import { Pool, type PoolClient, type PoolConfig, types } from "pg";
import { explained, isPassing } from "./errors.ts";

/** Connections of one process. Transactions take about a millisecond, so few serve many runs, and servers allow about a hundred in all. */
const CONNECTIONS = 8;
/** How long a server that restarts is waited for, ms. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 250;
/** A process that was stopped between two statements gives up its locks after this time, ms; its transaction is undone. */
const IDLE_MS = 15_000;

/** bigint and numeric (sums) are numbers here as on every other database: no column holds more than 2^53. */
const NUMBERS = new Set<number>([types.builtins.INT8, types.builtins.NUMERIC]);

const TYPES: PoolConfig["types"] = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    NUMBERS.has(oid) && format !== "binary"
      ? Number
      : types.getTypeParser(oid, format as "text")) as typeof types.getTypeParser,
};

/** PostgreSQL has no NUL in texts; whoever typed one gets the sign for what cannot be shown. */
const storable = (value: unknown): unknown =>
  typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;

/** Connections to the database at `url`, whose errors are explained with `place`. Losing one never ends the process; the next statement opens another. */
export function poolOf(url: string, place: string): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: IDLE_MS,
    keepAlive: true,
    application_name: "throughline",
    types: TYPES,
  });
  // Without a listener the loss of a connection nobody waits for would end the process. Who uses it next is told.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  let reached = false;
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      // An address that never answered is more likely wrong than away.
      const client = await patiently(pool, place, reached ? PATIENCE_MS : 0);
      reached = true;
      const before = known.get(client);
      if (before) return before;
      const wrapped = clientOf(client, place);
      known.set(client, wrapped);
      return wrapped;
    },
  };
}

async function patiently(pool: Pool, place: string, patience: number): Promise<PoolClient> {
  for (let left = patience; ; left -= RETRY_MS)
    try {
      return await pool.connect();
    } catch (error) {
      if (!isPassing(error) || left <= 0) throw explained(error, place);
      await sleep(RETRY_MS);
    }
}

function clientOf(client: PoolClient, place: string): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query(text, values.map(storable));
    } catch (error) {
      throw explained(error, place);
    }
  };
  return { query: query as unknown as PostgresPoolClient["query"], release: (destroy) => client.release(destroy) };
}
