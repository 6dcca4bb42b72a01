import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlJournal } from "#lib/adapters/sql/journal.ts";
import { sqliteDialect } from "#lib/adapters/sql/sqlite/driver.ts";
import { migrate } from "#lib/adapters/sql/sqlite/migrate.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import type { Tables } from "#lib/adapters/sql/tables.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { aGraph, anEntry, held } from "../conformance/rows.ts";
import { anArchive } from "./many-entries.ts";

/** Plans of statements are asked of SQLite itself: what reads a whole table at 20 entries does at 100,000. */
const plansOf = (file: string, statement: string, ...given: (string | number)[]): string => {
  const handle = new DatabaseSync(file, { readOnly: true });
  const rows = handle.prepare(`explain query plan ${statement}`).all(...given);
  handle.close();
  return rows.map(({ detail }) => String(detail)).join("\n");
};

describe("an archive of many entries", () => {
  let folder: string;
  let journal: Journal;
  const count = 4000;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "throughline-many-"));
    journal = await openSqliteJournal({ folder });
    const epoch = await held(journal, "run-1");
    await journal.write("run-1", epoch, { entries: anArchive(count) });
  });
  afterAll(async () => {
    await journal.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("ST-010 is paged to its end without a gap, a repetition or a page that grows slower by what it skips", async () => {
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await journal.archive.search({}, { limit: 200, cursor });
      for (const { id } of page.cards) seen.add(id);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.size).toBe(count);
  });

  it("counts every facet, and the sum of each is what there is", async () => {
    const { total, facets } = await journal.archive.facets({}, 1000);
    expect(total).toBe(count);
    for (const name of ["graph", "model", "verdict", "collection", "month", "simulated", "starred"] as const)
      expect([name, facets[name].reduce((sum, one) => sum + one.count, 0)]).toEqual([name, count]);
    const found = await journal.archive.facets({ text: "lighthouse", graph: "graph-3" }, 1000);
    expect(found.facets.model.reduce((sum, one) => sum + one.count, 0)).toBe(found.total);
  });

  it("has an index for the list and for each facet: none of them sorts or reads the whole table", () => {
    const file = join(folder, "journal.sqlite");
    const list = plansOf(
      file,
      "select * from archive_card where deleted = 0 order by created_at desc, id desc limit 50",
    );
    expect(list).toContain("archive_card_newest");
    expect(list).not.toContain("TEMP B-TREE");
    for (const facet of [
      "graph_id",
      "template_id",
      "model",
      "verdict",
      "collection",
      "month",
      "starred",
      "simulated",
    ]) {
      const counted = plansOf(file, `select ${facet}, count(*) from archive_card where deleted = 0 group by ${facet}`);
      expect(counted).toContain(`COVERING INDEX archive_card_${facet}`);
      const chosen = plansOf(
        file,
        `select * from archive_card where deleted = 0 and ${facet} = ? order by created_at desc, id desc limit 50`,
        facet === "starred" || facet === "simulated" ? 1 : "x",
      );
      expect(chosen).toContain(`archive_card_${facet}`);
      expect(chosen).not.toContain("TEMP B-TREE");
    }
    expect(plansOf(file, "select tag, count(*) from archive_tag where deleted = 0 group by tag")).toContain(
      "COVERING INDEX archive_tag_tag",
    );
  });
});

describe("a database without an index for texts", () => {
  it("finds the same entries, word by word", async () => {
    const folder = await mkdtemp(join(tmpdir(), "throughline-plain-"));
    const file = join(folder, "journal.sqlite");
    const handle = new DatabaseSync(file);
    handle.exec("pragma journal_mode = wal");
    const db = new Kysely<Tables>({ dialect: sqliteDialect(handle, file) });
    await migrate(handle, db, file);
    const plain = sqlJournal({
      db,
      now: Date.now,
      lock: async () => {},
      scan: async () => {},
      damage: async () => [],
      backup: async () => {},
      close: async () => {},
    });
    const indexed = await openSqliteJournal({ folder: join(folder, "indexed") });
    const entries = [
      anEntry("a", { title: "Ökologischer Schuh", tags: ["Été"], record: { made: { prompt: "on 100% sand" } } }),
      anEntry("b", { title: "red shoe on sand", collection: "summer_2026" }),
      anEntry("c", { title: "shoe, red", record: { run: { inputs: { place: "Zürich 東京タワー" } } } }),
      ...anArchive(60),
    ];
    for (const journal of [plain, indexed]) await journal.write("r", await held(journal, "r"), { entries });
    for (const text of [
      "sand",
      "okolog",
      '"red shoe"',
      "red shoe",
      "sho",
      "sho ",
      "京タ",
      "ete",
      "100%",
      "%",
      "zurich",
      "light house",
      "lighthouse fog",
      '"',
      "summer 2026",
    ]) {
      const ids = async (journal: Journal) =>
        (await journal.archive.search({ text }, { limit: 200, order: "best" })).cards.map(({ id }) => id).toSorted();
      expect([text, await ids(plain)]).toEqual([text, await ids(indexed)]);
      expect((await plain.archive.facets({ text }, 9)).total).toBe((await indexed.archive.facets({ text }, 9)).total);
    }
    await plain.archive.change(["a"], { title: "Stiefel" }, 1);
    expect((await plain.archive.search({ text: "stief" }, { limit: 9 })).cards.map(({ id }) => id)).toEqual(["a"]);
    await indexed.close();
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it("gets its index when a file of an earlier edition is opened, with all that was archived", async () => {
    const folder = await mkdtemp(join(tmpdir(), "throughline-old-"));
    const before = await openSqliteJournal({ folder });
    await before.write("r", await held(before, "r"), { entries: [anEntry("a", { title: "lighthouse" })] });
    await before.putGraph(aGraph("g"), "h");
    await before.close();
    const handle = new DatabaseSync(join(folder, "journal.sqlite"));
    handle.exec("drop table archive_text");
    handle.close();
    const after = await openSqliteJournal({ folder });
    expect((await after.archive.search({ text: "lighth" }, { limit: 9 })).cards.map(({ id }) => id)).toEqual(["a"]);
    await after.close();
    await rm(folder, { recursive: true, force: true });
  });
});
