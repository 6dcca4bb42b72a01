// npm run bench [-- engine|provider|cache|batch|archive|editor|table …]: everything, or the parts named. One table at the end; progress on stderr.
import { cpus } from "node:os";
import { measureArchive } from "./archive/measure.ts";
import { measureBatch } from "./batch.ts";
import { measureEditor } from "./editor/measure.ts";
import { measureCache, measureEngine } from "./engine/measure.ts";
import { type Row, table } from "./figures.ts";
import { measureGenerations } from "./generations.ts";
import { loadPeers } from "./load-peers.ts";
import { measureTable } from "./table/measure.ts";

const PARTS = ["engine", "provider", "cache", "batch", "archive", "editor", "table"];
const asked = process.argv.slice(2);
const unknown = asked.find((part) => !PARTS.includes(part));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}": ${PARTS.join(", ")}.`);
  process.exit(2);
}
const wants = (part: string) => asked.length === 0 || asked.includes(part);
const say = (text: string) => console.error(`· ${text}`);

const rows: Row[] = [];
let beside = "";
if (wants("engine")) {
  const peers = await loadPeers(say);
  beside = ` · ${peers.versions}`;
  rows.push(...(await measureEngine(peers, say)));
}
if (wants("cache")) rows.push(...(await measureCache(say)));
if (wants("provider")) rows.push(...(await measureGenerations(say)));
if (wants("batch")) rows.push(...(await measureBatch(say, asked.includes("batch"))));
if (wants("archive")) rows.push(...(await measureArchive(say)));
if (wants("editor")) rows.push(...(await measureEditor(say)));
if (wants("table")) rows.push(...(await measureTable(say)));
console.log(
  `\n${table(rows)}\n\nNode ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}${beside}`,
);
process.exit(0);
