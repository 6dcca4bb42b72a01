import type { Selectable } from "kysely";
import type { Outputs, Turn } from "#lib/protocol/values.ts";
import type { AssetInfo, Journal, ResultRow, TurnRow } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { fromJson, given, inChunks, toFlag, toJson } from "./json.ts";
import { ready } from "./ready.ts";
import type { AssetTable, ResultTable, TurnTable, Tx } from "./tables.ts";
import { incoming } from "./upsert.ts";

type Results = Pick<Journal, "results" | "turn" | "assetInfo" | "putAssetInfo" | "deleteAssetInfo" | "assetTotals">;

/** What was made, shared by all runs: results by content key, turns by response, facts about assets. */
export const results = ({ db }: Dialect): Results => ({
  async results(keys) {
    const found = new Map<string, ResultRow>();
    for (const chunk of inChunks(keys, 200))
      for (const row of await db.selectFrom("result").selectAll().where("key", "in", chunk).execute())
        found.set(row.key, toResultRow(row));
    return found;
  },

  async turn(responseId) {
    const row = await db.selectFrom("turn").selectAll().where("response_id", "=", responseId).executeTakeFirst();
    return row && toTurnRow(row);
  },

  async assetInfo(asset) {
    const row = await db.selectFrom("asset").selectAll().where("asset", "=", asset).executeTakeFirst();
    if (!row) return undefined;
    return { asset, bytes: row.bytes, mediaType: row.media_type, width: given(row.width), height: given(row.height) };
  },

  putAssetInfo: (info) => db.transaction().execute((tx) => putAsset(tx, info)),

  async deleteAssetInfo(asset) {
    await db.deleteFrom("asset").where("asset", "=", asset).execute();
  },

  async assetTotals() {
    const row = await db
      .selectFrom("asset")
      .select((all) => [all.fn.countAll<number>().as("assets"), all.fn.sum<number | null>("bytes").as("bytes")])
      .executeTakeFirstOrThrow();
    return { assets: Number(row.assets), bytes: Number(row.bytes ?? 0) };
  },
});

/**
 * The newest result of a key counts: one is only made again when the older could not be used, say because its asset was lost. Steps keep
 * their own copy, so no finished run changes by it.
 */
export async function putResult(tx: Tx, result: ResultRow): Promise<void> {
  await resultRow(tx, {
    key: result.key,
    outputs: JSON.stringify(result.outputs),
    warnings: toJson(result.warnings),
    rehydrated: result.rehydrated === undefined ? null : toFlag(result.rehydrated),
    run_id: result.runId,
    node_id: result.nodeId,
    cost_micro: result.costMicro,
    created_at: result.createdAt,
  });
}

const resultRow = ready((tx, row: ResultTable) =>
  tx
    .insertInto("result")
    .values(row)
    .onConflict((oc) =>
      oc
        .column("key")
        .doUpdateSet(incoming("outputs", "warnings", "rehydrated", "run_id", "node_id", "cost_micro", "created_at")),
    ),
);

export async function putTurn(tx: Tx, turn: TurnRow): Promise<void> {
  await turnRow(tx, {
    response_id: turn.responseId,
    parent_id: turn.parentId ?? null,
    provider: turn.provider,
    prompt: turn.prompt,
    spec_text: turn.specText ?? null,
    spec_name: turn.specName ?? null,
    asset: turn.asset ?? null,
    stored: toFlag(turn.stored),
    turn: JSON.stringify(turn.turn),
    created_at: turn.createdAt,
  });
}

const turnRow = ready((tx, row: TurnTable) =>
  tx
    .insertInto("turn")
    .values(row)
    .onConflict((oc) =>
      oc
        .column("response_id")
        .doUpdateSet(
          incoming(
            "parent_id",
            "provider",
            "prompt",
            "spec_text",
            "spec_name",
            "asset",
            "stored",
            "turn",
            "created_at",
          ),
        ),
    ),
);

export async function putAsset(tx: Tx, info: AssetInfo): Promise<void> {
  await assetRow(tx, {
    asset: info.asset,
    bytes: info.bytes,
    media_type: info.mediaType,
    width: info.width ?? null,
    height: info.height ?? null,
  });
}

const assetRow = ready((tx, row: AssetTable) =>
  tx
    .insertInto("asset")
    .values(row)
    .onConflict((oc) => oc.column("asset").doUpdateSet(incoming("bytes", "media_type", "width", "height"))),
);

const toResultRow = (row: Selectable<ResultTable>): ResultRow => ({
  key: row.key,
  outputs: JSON.parse(row.outputs) as Outputs,
  warnings: fromJson<string[]>(row.warnings),
  rehydrated: row.rehydrated === null ? undefined : row.rehydrated === 1,
  runId: row.run_id,
  nodeId: row.node_id,
  costMicro: row.cost_micro,
  createdAt: row.created_at,
});

const toTurnRow = (row: Selectable<TurnTable>): TurnRow => ({
  responseId: row.response_id,
  parentId: given(row.parent_id),
  provider: row.provider,
  prompt: row.prompt,
  specText: given(row.spec_text),
  specName: given(row.spec_name),
  asset: given(row.asset),
  stored: row.stored === 1,
  turn: JSON.parse(row.turn) as Turn,
  createdAt: row.created_at,
});
