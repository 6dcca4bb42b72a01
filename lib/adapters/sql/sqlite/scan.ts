import { DatabaseSync } from "node:sqlite";
import { setImmediate as breathe } from "node:timers/promises";
import type { TextColumn } from "#lib/adapters/sql/dialect.ts";
import { BUSY_MS } from "./driver.ts";
import { explained } from "./errors.ts";

/** After this many characters the event loop gets its turn. */
const STRETCH = 1_000_000;

/** Visits every value of the columns over a connection of its own, whose one read transaction is the snapshot. */
export async function scan(file: string, columns: readonly TextColumn[], visit: (text: string) => void): Promise<void> {
  const handle = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    handle.exec("begin");
    let seen = 0;
    for (const { table, column } of columns)
      for (const row of handle
        .prepare(`select "${column}" as text from "${table}" where "${column}" is not null`)
        .iterate()) {
        const text = String(row.text);
        visit(text);
        seen += text.length;
        if (seen < STRETCH) continue;
        seen = 0;
        await breathe();
      }
  } catch (error) {
    throw explained(error, file);
  } finally {
    handle.close();
  }
}
