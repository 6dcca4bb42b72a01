import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ready } from "#lib/adapters/sql/ready.ts";
import { sqliteDialect } from "#lib/adapters/sql/sqlite/driver.ts";
import type { RateBucketTable, Tables } from "#lib/adapters/sql/tables.ts";

let folder: string;
const open: Kysely<Tables>[] = [];

function openBuckets(name: string): Kysely<Tables> {
  const file = join(folder, name);
  const handle = new DatabaseSync(file);
  handle.exec("pragma journal_mode = wal; create table rate_bucket (key text primary key, tat integer)");
  const db = new Kysely<Tables>({ dialect: sqliteDialect(handle, file) });
  open.push(db);
  return db;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "throughline-ready-"));
});
afterEach(async () => {
  for (const db of open.splice(0)) await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

it("is built once for a database and runs with what each caller gives, inside a transaction and outside", async () => {
  let built = 0;
  const put = ready((on, row: RateBucketTable) => {
    built += 1;
    return on.insertInto("rate_bucket").values(row);
  });
  const later = ready((on, { key, by }: { key: string; by: number }) =>
    on
      .updateTable("rate_bucket")
      .set((eb) => ({ tat: eb("tat", "+", by) }))
      .where("key", "=", key)
      .returning(["key", "tat"]),
  );
  const db = openBuckets("one.sqlite");
  await put(db, { key: "a", tat: 1 });
  await db.transaction().execute((tx) => put(tx, { key: "b", tat: 2 }));
  await put(db, { tat: 3, key: "c" });
  expect(await later(db, { key: "b", by: 40 })).toEqual([{ key: "b", tat: 42 }]);
  expect(await later(db, { key: "nobody", by: 1 })).toEqual([]);
  expect(await db.selectFrom("rate_bucket").selectAll().orderBy("key").execute()).toEqual([
    { key: "a", tat: 1 },
    { key: "b", tat: 42 },
    { key: "c", tat: 3 },
  ]);
  expect(built).toBe(1);

  const other = openBuckets("other.sqlite");
  await put(other, { key: "z", tat: 9 });
  expect(await other.selectFrom("rate_bucket").select("key").execute()).toEqual([{ key: "z" }]);
  expect(built).toBe(2);
});

it("a parameter that was left out is refused, never taken from the call before", async () => {
  const put = ready((on, row: RateBucketTable) => on.insertInto("rate_bucket").values(row));
  const db = openBuckets("one.sqlite");
  await put(db, { key: "a", tat: 1 });
  await expect(put(db, { key: "b" } as RateBucketTable)).rejects.toThrow();
  expect(await db.selectFrom("rate_bucket").select("key").execute()).toEqual([{ key: "a" }]);
});
