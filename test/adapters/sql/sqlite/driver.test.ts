import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sqliteDialect } from "#lib/adapters/sql/sqlite/driver.ts";
import type { WalSync } from "#lib/adapters/sql/sqlite/wal-sync.ts";

type Tables = { word: { text: string } };

let folder: string;
let file: string;
let commits: number;
const open: { db: Kysely<Tables>; handle: DatabaseSync }[] = [];

/** A handle that counts its commits. */
function openWords(disk?: WalSync): Kysely<Tables> {
  const handle = new DatabaseSync(file, { timeout: 500 });
  handle.exec(
    "pragma journal_mode = wal; pragma synchronous = normal; create table if not exists word (text text unique)",
  );
  const prepare = handle.prepare.bind(handle);
  handle.prepare = (text: string) => {
    const statement = prepare(text);
    const run = statement.run.bind(statement);
    if (text === "commit")
      statement.run = () => {
        commits += 1;
        return run();
      };
    return statement;
  };
  const db = new Kysely<Tables>({ dialect: sqliteDialect(handle, file, disk) });
  open.push({ db, handle });
  return db;
}

const write = (db: Kysely<Tables>, text: string) =>
  db.transaction().execute((tx) => tx.insertInto("word").values({ text }).execute());
const words = async (db: Kysely<Tables>) =>
  (await db.selectFrom("word").select("text").orderBy("text").execute()).map((row) => row.text);
/** What another process would find: only what has been committed. */
const onDisk = () => {
  const other = new DatabaseSync(file, { readOnly: true });
  const rows = other.prepare("select text from word order by text").all();
  other.close();
  return rows.map((row) => row.text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "throughline-driver-"));
  file = join(folder, "words.sqlite");
  commits = 0;
});
afterEach(async () => {
  for (const { db } of open.splice(0)) await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

it("transactions of one moment share one wait for the disk, and none is told before all are there", async () => {
  const db = openWords();
  const seen: unknown[][] = [];
  await Promise.all(["a", "b", "c", "d"].map((text) => write(db, text).then(() => seen.push(onDisk()))));
  expect(seen).toEqual(Array(4).fill(["a", "b", "c", "d"]));
  expect(commits).toBe(1);
});

it("a transaction that fails takes nobody with it and leaves nothing", async () => {
  const db = openWords();
  const settled = await Promise.allSettled([
    write(db, "a"),
    db.transaction().execute(async (tx) => {
      await tx.insertInto("word").values({ text: "half" }).execute();
      throw new Error("no");
    }),
    write(db, "a"),
    write(db, "b"),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  expect(onDisk()).toEqual(["a", "b"]);
});

it("a failure on its own leaves no transaction open", async () => {
  const db = openWords();
  await write(db, "a");
  await expect(write(db, "a")).rejects.toThrow(/UNIQUE/);
  expect(open[0]!.handle.isTransaction).toBe(false);
});

it("a reader is told nothing that is not on the disk", async () => {
  const db = openWords();
  const writing = write(db, "a");
  const read = words(db).then((found) => [found, onDisk()]);
  expect(await read).toEqual([["a"], ["a"]]);
  await writing;
});

it("a plain write beside transactions is on the disk when it is done", async () => {
  const db = openWords();
  await Promise.all([
    write(db, "a"),
    db
      .insertInto("word")
      .values({ text: "b" })
      .execute()
      .then(() => expect(onDisk()).toContain("b")),
    write(db, "c"),
  ]);
  expect(onDisk()).toEqual(["a", "b", "c"]);
});

it("a transaction is never cut in two, however long it takes", async () => {
  const db = openWords();
  const slow = db.transaction().execute(async (tx) => {
    await tx.insertInto("word").values({ text: "a" }).execute();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(onDisk()).not.toContain("a");
    await tx.insertInto("word").values({ text: "b" }).execute();
  });
  await Promise.all([write(db, "first"), slow, write(db, "last")]);
  expect(onDisk()).toEqual(["a", "b", "first", "last"]);
});

it("two handles on one file never wait for each other's open work", async () => {
  const [one, two] = [openWords(), openWords()];
  await Promise.all(["a", "b", "c", "d", "e", "f"].map((text, index) => write(index % 2 ? one : two, text)));
  expect(onDisk()).toEqual(["a", "b", "c", "d", "e", "f"]);
});

it("when the disk takes no more, everybody whose work was not there yet is told", async () => {
  const db = openWords();
  await write(db, "a");
  await sql`pragma max_page_count = 3`.execute(db);
  const long = "x".repeat(20_000);
  const settled = await Promise.allSettled([write(db, "b"), write(db, long), write(db, "c")]);
  const told = settled.map(({ status }) => status);
  expect(told[1]).toBe("rejected");
  const there = onDisk();
  expect(there.includes("b")).toBe(told[0] === "fulfilled");
  expect(there.includes("c")).toBe(told[2] === "fulfilled");
  expect(there).not.toContain(long);
});

/** A disk that is done when the test says so. */
function slowDisk() {
  const waits: PromiseWithResolvers<void>[] = [];
  return {
    waits,
    sync: () => {
      const wait = Promise.withResolvers<void>();
      waits.push(wait);
      return wait.promise;
    },
    close: async () => {},
  };
}
const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

it("what is committed is told when the disk has it: by writers, writes on their own and readers alike", async () => {
  const disk = slowDisk();
  const db = openWords(disk);
  const told: string[] = [];
  const tell = (who: string) => () => void told.push(who);
  const first = write(db, "a").then(tell("writer"));
  await moment();
  expect(onDisk()).toEqual(["a"]);
  const reader = words(db).then(tell("reader"));
  await moment();
  expect([told, disk.waits.length]).toEqual([[], 1]);
  disk.waits[0]!.resolve();
  await Promise.all([first, reader]);
  expect(told).toEqual(["writer", "reader"]);
  const alone = db.insertInto("word").values({ text: "b" }).execute().then(tell("alone"));
  await moment();
  expect([told.length, disk.waits.length]).toEqual([2, 2]);
  disk.waits[1]!.resolve();
  await alone;
  expect(await words(db)).toEqual(["a", "b"]);
});

it("what is committed while the disk works shares the next wait", async () => {
  const disk = slowDisk();
  const db = openWords(disk);
  const first = write(db, "a");
  await moment();
  const later = ["b", "c", "d"].map((text) => write(db, text));
  await moment();
  expect(disk.waits.length).toBe(1);
  disk.waits[0]!.resolve();
  await first;
  await moment();
  expect(disk.waits.length).toBe(2);
  disk.waits[1]!.resolve();
  await Promise.all(later);
});

it("when the log does not get on the disk, those who wait for it are told", async () => {
  const disk = slowDisk();
  const db = openWords(disk);
  const writing = write(db, "a");
  const refused = expect(writing).rejects.toThrow(/cannot be written \(ENOSPC\)/);
  await moment();
  disk.waits[0]!.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
  await refused;
  const next = write(db, "b");
  await moment();
  disk.waits[1]!.resolve();
  await next;
});
