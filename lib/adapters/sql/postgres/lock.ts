import { sql } from "kysely";
import type { Tx } from "#lib/adapters/sql/tables.ts";

/** Our names among the advisory locks of a database that others may use too. */
const OURS = "throughline ";

/** Holds everybody else off the named decision until the transaction ends. */
export async function lock(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${OURS + name}, 0))`.execute(tx);
}
