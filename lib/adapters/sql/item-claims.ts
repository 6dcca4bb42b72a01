import type { Journal } from "#lib/runtime/ports.ts";
import { isHeld } from "./claims.ts";
import type { Dialect } from "./dialect.ts";
import { pass } from "./fence.ts";
import { inChunks } from "./json.ts";
import { incoming } from "./upsert.ts";

/** Single flight over processes: an item belongs to one live run at a time. */
export const itemClaims = (dialect: Dialect): Pick<Journal, "claimItem" | "releaseItems"> => ({
  claimItem: (itemKey, runId, epoch) =>
    dialect.db.transaction().execute(async (tx) => {
      await pass(tx, runId, epoch, 0);
      const claim = await tx
        .selectFrom("item_claim")
        .innerJoin("run", (join) =>
          join.onRef("run.id", "=", "item_claim.run_id").onRef("run.epoch", "=", "item_claim.epoch"),
        )
        .select(["run.id", "run.epoch", "run.status", "run.lease_owner", "run.lease_until"])
        .where("item_claim.key", "=", itemKey)
        .executeTakeFirst();
      if (claim && claim.id !== runId && isHeld(dialect, claim, await dialect.now(tx))) return false;
      await tx
        .insertInto("item_claim")
        .values({ key: itemKey, run_id: runId, epoch })
        .onConflict((oc) => oc.column("key").doUpdateSet(incoming("run_id", "epoch")))
        .execute();
      return true;
    }),

  releaseItems: (runId, itemKeys) =>
    dialect.db.transaction().execute(async (tx) => {
      for (const chunk of inChunks(itemKeys, 200))
        await tx.deleteFrom("item_claim").where("run_id", "=", runId).where("key", "in", chunk).execute();
    }),
});
