import { sql } from "kysely";
import type { TextColumn } from "#lib/adapters/sql/dialect.ts";
import type { Db } from "#lib/adapters/sql/tables.ts";

/** Rows fetched at once; each may be a whole document. */
const AT_ONCE = 100;

/** Visits every value of the columns through a cursor in one read transaction, whose first statement makes the snapshot. */
export const scan = (db: Db, columns: readonly TextColumn[], visit: (text: string) => void): Promise<void> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (tx) => {
      for (const { table, column } of columns) {
        await sql`declare texts no scroll cursor for select ${sql.ref(column)} as text from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(
          tx,
        );
        for (let more = true; more; ) {
          const { rows } = await sql<{ text: string }>`fetch ${sql.lit(AT_ONCE)} from texts`.execute(tx);
          for (const { text } of rows) visit(text);
          more = rows.length === AT_ONCE;
        }
        await sql`close texts`.execute(tx);
      }
    });
