import { sql } from "kysely";
import type { Journal } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";

/** Longest pause anybody may ask for. A bucket further ahead than this was written before the clock was set back and starts anew. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/**
 * Token buckets shared by all workers (generic cell rate algorithm): a row holds the time at which the bucket would be full again.
 * Taking is one statement, so two workers cannot take the same token.
 */
export const rates = ({ db, now }: Dialect): Pick<Journal, "takeRate" | "pauseRate"> => ({
  takeRate: (key, units, msPerUnit, burst) =>
    db.transaction().execute(async (tx) => {
      const at = await now(tx);
      const depth = burst * msPerUnit;
      // More than the bucket holds could never be taken; it then costs a full bucket.
      const cost = Math.min(units, burst) * msPerUnit;
      const from = startingPoint(at, depth);
      const taken = await sql<{ tat: number }>`
        insert into rate_bucket (key, tat) values (${key}, ${at + cost})
        on conflict (key) do update set tat = ${from} + ${cost}
        where ${from} + ${cost} <= ${at + depth}
        returning tat`.execute(tx);
      if (taken.rows.length > 0) return 0;
      const { tat } = await tx.selectFrom("rate_bucket").select("tat").where("key", "=", key).executeTakeFirstOrThrow();
      return Math.max(1, Math.ceil(tat + cost - at - depth));
    }),

  pauseRate: (key, ms, msPerUnit, burst) =>
    db.transaction().execute(async (tx) => {
      const at = await now(tx);
      const depth = burst * msPerUnit;
      const until = at + Math.min(ms, LONGEST_PAUSE_MS) + depth;
      const from = startingPoint(at, depth);
      await sql`
        insert into rate_bucket (key, tat) values (${key}, ${until})
        on conflict (key) do update set tat = case when ${from} > ${until} then ${from} else ${until} end`.execute(tx);
    }),
});

/** The bucket's time as it counts now. Written with `case`, because the scalar maximum has another name on every database. */
const startingPoint = (at: number, depth: number) => sql`
  case when rate_bucket.tat < ${at} or rate_bucket.tat > ${at + depth + LONGEST_PAUSE_MS} then ${at} else rate_bucket.tat end`;
