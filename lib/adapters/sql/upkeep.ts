import { sql } from "kysely";
import type { AssetId } from "#lib/protocol/values.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import type { Dialect, TextColumn } from "./dialect.ts";

type Upkeep = Pick<Journal, "referencedAssets" | "check" | "backup" | "close">;

/** Every column in which an asset may be named. */
const NAMING: readonly TextColumn[] = [
  { table: "graph_version", column: "json" },
  { table: "graph_revision", column: "json" },
  { table: "run", column: "params" },
  { table: "batch", column: "options" },
  { table: "batch_row", column: "cells" },
  { table: "batch_row", column: "pictures" },
  { table: "step", column: "outputs" },
  { table: "step", column: "question" },
  { table: "step", column: "answer" },
  { table: "result", column: "outputs" },
  { table: "turn", column: "asset" },
  { table: "turn", column: "turn" },
  { table: "call", column: "request" },
  { table: "call", column: "answer" },
  { table: "archive_entry", column: "asset" },
  { table: "archive_entry", column: "record" },
  { table: "note", column: "value" },
  { table: "hook", column: "wish" },
  { table: "schedule", column: "wish" },
  { table: "sheet_version", column: "samples" },
  { table: "sheet_version", column: "made_from" },
  { table: "sheet_snapshot", column: "json" },
  { table: "template_revision", column: "cover" },
];

/** What fsck, the garbage collector and the backup need of the journal. */
export const upkeep = (dialect: Dialect): Upkeep => ({
  async referencedAssets() {
    const found = new Set<AssetId>();
    await dialect.scan(NAMING, (text) => {
      for (const [asset] of text.matchAll(/sha256:[0-9a-f]{64}/g)) found.add(asset);
    });
    return found;
  },

  async check() {
    const problems = await dialect.damage();
    // The rules below read every row; on a damaged database they would only repeat the damage.
    if (problems.length === 0) for (const rule of RULES) problems.push(...(await rule(dialect)));
    return { ok: problems.length === 0, problems };
  },

  backup: (file) => dialect.backup(file),
  close: () => dialect.close(),
});

type Rule = (dialect: Dialect) => Promise<string[]>;

const eventsWithoutGap: Rule = async ({ db }) => {
  const { rows } = await sql<{ id: string; last_seq: number; n: number; first: number | null; last: number | null }>`
    select r.id, r.last_seq, count(e.seq) as n, min(e.seq) as first, max(e.seq) as last
    from run r left join event e on e.run_id = r.id group by r.id, r.last_seq
    having count(e.seq) <> r.last_seq or coalesce(min(e.seq), 1) <> 1 or coalesce(max(e.seq), 0) <> r.last_seq`.execute(
    db,
  );
  return rows.map((r) => `Run ${r.id} has ${r.n} events from ${r.first} to ${r.last}, expected 1 to ${r.last_seq}.`);
};

const graphOfEveryRun: Rule = async ({ db }) => {
  const { rows } = await sql<{ id: string; graph_hash: string }>`
    select id, graph_hash from run where graph_hash not in (select hash from graph_version)`.execute(db);
  return rows.map((r) => `Run ${r.id} points at graph ${r.graph_hash}, which is not stored.`);
};

const callsMakeSense: Rule = async ({ db }) => {
  const { rows } = await sql<{ key: string; state: string }>`
    select key, state from call where (state = 'accepted' and response_id is null)
      or (state in ('completed', 'failed', 'cancelled', 'abandoned') and settled_at is null)
      or (state in ('intent', 'accepted', 'in_doubt') and spent_micro < reserved_micro)
      or spent_micro < 0 or run_id not in (select id from run)`.execute(db);
  return rows.map((r) => `Call ${r.key} is ${r.state}, but its row contradicts that.`);
};

const RULES: readonly Rule[] = [eventsWithoutGap, graphOfEveryRun, callsMakeSense];
