import type { Selectable } from "kysely";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import type { ArchiveRow } from "#lib/runtime/ports.ts";
import type { ArchiveCardTable } from "../archive-tables.ts";
import { given, toFlag } from "../json.ts";

/** What of a record is looked at here; all of it may be missing. */
type Known = {
  made?: { model?: unknown; imageModel?: unknown };
  graph?: { id?: unknown; name?: unknown };
  template?: { id?: unknown };
  batch?: { id?: unknown };
  verdicts?: { decision?: unknown; score?: unknown }[];
  simulated?: unknown;
  width?: unknown;
  height?: unknown;
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const DECISIONS = ["pass", "iterate", "restart", "reject"] as const;

/** The card of a new entry. */
export function cardOf(entry: ArchiveRow, textRow: number): ArchiveCardTable {
  const record = entry.record as Known;
  const verdict = Array.isArray(record.verdicts) ? record.verdicts.at(-1) : undefined;
  return {
    id: entry.id,
    created_at: entry.createdAt,
    deleted: 0,
    deleted_at: 0,
    starred: 0,
    simulated: toFlag(record.simulated === true),
    graph_id: text(record.graph?.id),
    template_id: text(record.template?.id),
    model: text(record.made?.imageModel) || text(record.made?.model),
    verdict: DECISIONS.find((one) => one === verdict?.decision) ?? "none",
    collection: entry.collection ?? "",
    month: new Date(entry.createdAt).toISOString().slice(0, 7),
    run_id: entry.runId,
    batch_id: text(record.batch?.id),
    asset: entry.asset,
    node_id: entry.nodeId,
    graph_name: text(record.graph?.name),
    name: entry.name,
    title: entry.title ?? "",
    alt: entry.alt ?? "",
    media_type: entry.mediaType,
    width: number(record.width),
    height: number(record.height),
    score: number(verdict?.score),
    tags: JSON.stringify(uniqueTags(entry.tags)),
    text_row: textRow,
  };
}

export const uniqueTags = (tags: readonly string[]): string[] =>
  [...new Set(tags.map((tag) => tag.trim()))].filter(Boolean);

/** A card as the catalogue gives it. */
export const toCard = (row: Selectable<ArchiveCardTable>): EntryCard => ({
  id: row.id,
  runId: row.run_id,
  nodeId: row.node_id,
  name: row.name,
  asset: row.asset,
  mediaType: row.media_type,
  width: given(row.width),
  height: given(row.height),
  collection: row.collection || undefined,
  title: row.title || undefined,
  alt: row.alt || undefined,
  tags: JSON.parse(row.tags) as string[],
  graphId: row.graph_id,
  graphName: row.graph_name,
  template: row.template_id || undefined,
  batch: row.batch_id || undefined,
  model: row.model || undefined,
  verdict: DECISIONS.find((one) => one === row.verdict),
  score: given(row.score),
  simulated: row.simulated === 1,
  starred: row.starred === 1,
  deletedAt: row.deleted === 1 ? row.deleted_at : undefined,
  createdAt: row.created_at,
});
