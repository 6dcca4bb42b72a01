import type { Journal } from "#lib/runtime/ports.ts";
import { isHeld } from "./claims.ts";
import type { Dialect } from "./dialect.ts";
import { pass } from "./fence.ts";
import { inChunks } from "./json.ts";
import { incoming } from "./upsert.ts";

/** Single flight over processes: an item belongs to one live run at a time. */
export const itemClaims = (dialect: Dialect): Pick<Journal, "claimItems" | "releaseItems"> => ({
  claimItems: (itemKeys, runId, epoch) =>
    dialect.db.transaction().execute(async (tx) => {
      await pass(tx, runId, epoch, 0);
      // Each has its own run's row only: without this two runs could both find an item free.
      await dialect.lock(tx, "items");
      const at = await dialect.now(tx);
      const taken: string[] = [];
      for (const keys of inChunks([...new Set(itemKeys)], 200)) {
        const claims = await tx
          .selectFrom("item_claim")
          .innerJoin("run", (join) =>
            join.onRef("run.id", "=", "item_claim.run_id").onRef("run.epoch", "=", "item_claim.epoch"),
          )
          .select(["item_claim.key", "run.id", "run.epoch", "run.status", "run.lease_owner", "run.lease_until"])
          .where("item_claim.key", "in", keys)
          .where("run.id", "!=", runId)
          .execute();
        const held = new Set(claims.filter((claim) => isHeld(dialect, claim, at)).map(({ key }) => key));
        taken.push(...held);
        const free = keys.filter((key) => !held.has(key)).map((key) => ({ key, run_id: runId, epoch }));
        if (free.length === 0) continue;
        await tx
          .insertInto("item_claim")
          .values(free)
          .onConflict((oc) => oc.column("key").doUpdateSet(incoming("run_id", "epoch")))
          .execute();
      }
      return taken;
    }),

  releaseItems: (runId, itemKeys) =>
    dialect.db.transaction().execute(async (tx) => {
      for (const chunk of inChunks(itemKeys, 200))
        await tx.deleteFrom("item_claim").where("run_id", "=", runId).where("key", "in", chunk).execute();
    }),
});
