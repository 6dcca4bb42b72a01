import { StepError } from "../../protocol/failure.ts";
import type { Graph } from "../../protocol/graph.ts";
import { graphOfRun, planOfRun } from "../graph-of-run.ts";
import type { ArchiveRow, Journal, ResultRow, SheetSnapshot, TurnRow } from "../ports.ts";
import { graphMissing, paramsOf, type RemakePorts, recordOf } from "./remake.ts";

/** Turns before the ones that are named, at most. */
const MOST_TURNS = 2000;

/** Everything a bundle holds but the bytes of its assets. */
export type BundleContents = {
  entry: ArchiveRow;
  graphs: { hash: string; graph: Graph }[];
  sheets: { hash: string; sheet: SheetSnapshot }[];
  results: ResultRow[];
  turns: TurnRow[];
  assets: string[];
};

type Ports = Pick<RemakePorts, "journal" | "assets" | "catalogue">;

/** Collects what remaking an entry takes; with `cache` what was made on the way. Throws StepError GRAPH_MISSING, ASSET_MISSING. */
export async function bundleContents(ports: Ports, entry: ArchiveRow, cache: boolean): Promise<BundleContents> {
  const { journal, assets } = ports;
  const record = recordOf(entry);
  const params = paramsOf(record);
  const found = await graphOfRun(ports, { graphHash: record.graph.revision, params });
  if (!found) throw graphMissing(record);
  const graphs = [{ hash: record.graph.revision, graph: found.drawn }];
  for (const hash of Object.values(params.links ?? {})) {
    const graph = await journal.getGraph(hash);
    if (!graph) throw graphMissing(record);
    graphs.push({ hash, graph });
  }
  const sheets: BundleContents["sheets"] = [];
  for (const hash of new Set(params.sheets?.map((use) => use.hash))) {
    const sheet = await journal.library.sheetSnapshot(hash);
    if (!sheet) throw new StepError("SHEET_UNKNOWN", "A spec sheet this was made with is not stored here any more.");
    sheets.push({ hash, sheet });
  }
  const results = await resultsBehind(ports, entry, cache);
  const turns =
    results.length > 0
      ? await turnsIn(journal, [results.map(({ outputs }) => outputs), record.lineage, record.turn])
      : [];
  // What must be there to draw anew, and what is there of all the rest.
  const needed = assetsIn([graphs, sheets, params.inputs, params.answers, entry.asset]);
  for (const asset of needed)
    if (!(await assets.has(asset))) throw new StepError("ASSET_MISSING", `Asset ${asset} is not in the store.`);
  const there: string[] = [];
  for (const asset of assetsIn([entry.record, results, turns]).difference(needed))
    if (await assets.has(asset)) there.push(asset);
  return { entry, graphs, sheets, results, turns, assets: [...needed, ...there] };
}

/** The stored results of the entry's run, as far as its way goes. What a node is pinned to comes along in any case: it is never drawn anew. */
async function resultsBehind(ports: Ports, entry: ArchiveRow, cache: boolean): Promise<ResultRow[]> {
  const { journal } = ports;
  const record = recordOf(entry);
  const plan = (await planOfRun(ports, { graphHash: record.graph.revision, params: paramsOf(record) }))?.plan;
  const keys = new Set<string>();
  for (const { pin } of plan?.nodes.values() ?? []) if (pin) keys.add(pin);
  if (!cache) return [...(await journal.results([...keys])).values()];
  for (const { nodeId, items } of await journal.steps(entry.runId))
    if (plan?.nodes.has(nodeId)) for (const { key } of items) if (key) keys.add(key);
  // Where the run is not stored here, say of an imported entry, its calls still name what they were for.
  for (const { key } of record.calls ?? []) keys.add(key.split("/")[0] ?? key);
  return [...(await journal.results([...keys])).values()];
}

/** The turns that are named, and those before them. */
async function turnsIn(journal: Journal, value: unknown): Promise<TurnRow[]> {
  const found = new Map<string, TurnRow>();
  const open = [...new Set(responseIds(value))];
  for (let id = open.pop(); id !== undefined && found.size < MOST_TURNS; id = open.pop()) {
    const turn = found.has(id) ? undefined : await journal.turn(id);
    if (!turn) continue;
    found.set(id, turn);
    if (turn.parentId) open.push(turn.parentId);
  }
  return [...found.values()];
}

function* responseIds(value: unknown): Generator<string> {
  if (!value || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value))
    if (key === "responseId" && typeof inner === "string") yield inner;
    else yield* responseIds(inner);
}

/** Every asset a value names. */
export const assetsIn = (value: unknown): Set<string> =>
  new Set(Array.from(JSON.stringify(value ?? null).matchAll(/sha256:[0-9a-f]{64}/g), ([name]) => name));
