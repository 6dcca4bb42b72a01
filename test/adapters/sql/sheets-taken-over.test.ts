import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { expect, it } from "vitest";
import { MIGRATIONS } from "#lib/adapters/sql/migrations/index.ts";
import { sqliteDialect } from "#lib/adapters/sql/sqlite/driver.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";

it("sheets that nodes had kept as small records become sheets of the library, version by version", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sheets-over-"));
  const file = join(folder, "old.sqlite");
  const handle = new DatabaseSync(file);
  handle.exec("pragma journal_mode = wal");
  const old = new Kysely<never>({ dialect: sqliteDialect(handle, file) });
  await MIGRATIONS["2026-11-20-first-schema"]?.up(old as never);
  const note = (id: string, version: number, text: string) =>
    handle
      .prepare("insert into note (kind, id, value) values ('sheet', ?, ?)")
      .run(id, JSON.stringify({ sheet: { kind: "spec", name: id, text, hash: `h${version}` }, version, savedAt: 7 }));
  note("House look@1", 1, "One.");
  note("House look@2", 2, "Two.");
  note("House look", 2, "Two.");
  note("…@1", 1, "Without a name.");
  await MIGRATIONS["2026-11-20-library"]?.up(old as never);
  const rows = (table: string) => handle.prepare(`select * from ${table} order by 1, 2`).all();
  expect(rows("sheet")).toMatchObject([{ id: "house-look", name: "House look", newest: 2, archived: 0 }]);
  expect(rows("sheet_version")).toMatchObject([
    { sheet_id: "house-look", version: 1, text: "One.", created_at: 7 },
    { sheet_id: "house-look", version: 2, text: "Two." },
  ]);
  handle.close();

  const fresh = await openSqliteJournal({ folder });
  expect(await fresh.library.sheets({ archived: false, limit: 9 })).toEqual([]);
  await fresh.close();
});
