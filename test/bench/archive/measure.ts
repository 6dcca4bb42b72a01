import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { held } from "../../adapters/conformance/rows.ts";
import { anArchive } from "../../adapters/sql/many-entries.ts";
import { median, ms, quantile, type Row } from "../figures.ts";

const ENTRIES = 100_000;
const TOGETHER = 1000;
const TRIES = 15;

type Catalogue = Journal["archive"];

/** What people do in the archive page, on an archive of 100,000 entries with prompts of some length. */
const DOINGS: readonly [what: string, work: (archive: Catalogue) => Promise<unknown>][] = [
  ["the newest 100", (archive) => archive.search({}, { limit: 100 })],
  ["a word of every tenth, newest first", (archive) => archive.search({ text: "lighthouse" }, { limit: 100 })],
  ["the beginning of a word", (archive) => archive.search({ text: "l" }, { limit: 100 })],
  ["two words, best first", (archive) => archive.search({ text: "lighthouse fog" }, { limit: 100, order: "best" })],
  ["all facets of everything", (archive) => archive.facets({}, 60)],
  ["all facets of a graph", (archive) => archive.facets({ graph: "graph-3" }, 60)],
  ["all facets of a word", (archive) => archive.facets({ text: "lighthouse" }, 60)],
];

/** Fills an archive and measures how long each question takes: median and 95 % of the tries. */
export async function measureArchive(say: (text: string) => void): Promise<Row[]> {
  say(`archive: ${ENTRIES.toLocaleString("en-US")} entries`);
  const folder = mkdtempSync(join(tmpdir(), "throughline-archive-"));
  const journal = await openSqliteJournal({ folder });
  try {
    const entries = anArchive(ENTRIES);
    const epoch = await held(journal, "run-1");
    const began = performance.now();
    for (let at = 0; at < ENTRIES; at += TOGETHER)
      await journal.write("run-1", epoch, { entries: entries.slice(at, at + TOGETHER) });
    const rows: Row[] = [
      {
        what: "archive: storing an entry",
        value: ms((performance.now() - began) / ENTRIES),
        note: `${TOGETHER} at a time`,
      },
    ];
    for (const [what, work] of DOINGS) {
      const times: number[] = [];
      for (let round = 0; round < TRIES; round += 1) {
        const from = performance.now();
        await work(journal.archive);
        times.push(performance.now() - from);
      }
      rows.push({ what: `archive: ${what}`, value: ms(median(times)), note: `95 %: ${ms(quantile(times, 0.95))}` });
    }
    return rows;
  } finally {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
