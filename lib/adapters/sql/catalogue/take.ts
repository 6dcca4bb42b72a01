import type { ArchiveCatalogue } from "#lib/runtime/ports/archive.ts";
import { putEntry } from "../archive.ts";
import type { Dialect } from "../dialect.ts";
import { putAsset, putResult, putTurn } from "../results.ts";
import type { Tx } from "../tables.ts";

/** What a bundle brings is added; what was here before is never replaced by it. */
export const take = (dialect: Dialect): Pick<ArchiveCatalogue, "take" | "revisionOf"> => ({
  take: ({ entry, graph, assets, results, turns, at }) =>
    dialect.db.transaction().execute(async (tx) => {
      await tx
        .insertInto("graph_version")
        .values({ hash: graph.hash, graph_id: graph.document.id, json: JSON.stringify(graph.document), created_at: at })
        .onConflict((oc) => oc.column("hash").doNothing())
        .execute();
      for (const info of assets) if (!(await has(tx, "asset", "asset", info.asset))) await putAsset(tx, info);
      for (const turn of turns) if (!(await has(tx, "turn", "response_id", turn.responseId))) await putTurn(tx, turn);
      let added = 0;
      for (const result of results) {
        if (await has(tx, "result", "key", result.key)) continue;
        await putResult(tx, result);
        added += 1;
      }
      const known = await has(tx, "archive_card", "id", entry.id);
      if (!known) await putEntry(dialect, tx, entry);
      return { added: !known, results: added };
    }),

  async revisionOf(graphId, hash) {
    const row = await dialect.db
      .selectFrom("graph_revision")
      .select("revision")
      .where("id", "=", graphId)
      .where("hash", "=", hash)
      .orderBy("revision", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.revision;
  },
});

type Keyed = { asset: "asset"; turn: "response_id"; result: "key"; archive_card: "id" };

async function has<T extends keyof Keyed>(tx: Tx, table: T, key: Keyed[T], value: string): Promise<boolean> {
  const row = await tx
    .selectFrom(table as "result")
    .select((all) => all.val(1).as("there"))
    .where(key as "key", "=", value)
    .executeTakeFirst();
  return row !== undefined;
}
