import { chmod, mkdir, mkdtemp, open as openFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { JournalDamaged } from "#lib/adapters/sql/sqlite/errors.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { aCall, aGraph, aResult, aRun, aStep, held, noCaps, skipped } from "#test/adapters/conformance/rows.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
  file = join(folder, "journal.sqlite");
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it("SC-008 keeps folder and files to their owner, and closes what was open to others", async () => {
  const data = join(folder, "data");
  await mkdir(data, { mode: 0o755 });
  await chmod(data, 0o755);
  const path = join(data, "journal.sqlite");
  await writeFile(path, "", { mode: 0o644 });
  const journal = await openSqliteJournal({ folder: data });
  await held(journal, "r");
  expect(await modeOf(data)).toBe(0o700);
  for (const name of await readdir(data)) expect([name, await modeOf(join(data, name))]).toEqual([name, 0o600]);
  await journal.backup(join(data, "backup"));
  expect(await modeOf(join(data, "backup"))).toBe(0o600);
  await journal.close();
});

it("leaves the folder of a named file as it is", async () => {
  await chmod(folder, 0o755);
  await (await openSqliteJournal({ file })).close();
  expect(await modeOf(folder)).toBe(0o755);
});

it("finds everything again after closing", async () => {
  const first = await openSqliteJournal({ folder });
  const epoch = await held(first, "r");
  const step = aStep("hero", { state: "done", outputs: {} });
  await first.write("r", epoch, { steps: [step], results: [aResult("k", "r")], events: [skipped("x")] });
  await first.close();
  const second = await openSqliteJournal({ folder });
  expect(await second.steps("r")).toEqual([step]);
  expect((await second.results(["k"])).size).toBe(1);
  expect(await second.getRun("r")).toMatchObject({ status: "running", epoch, lastSeq: 1 });
  await second.close();
});

it("can be closed twice, and answers nothing afterwards", async () => {
  const journal = await openSqliteJournal({ folder });
  await journal.close();
  await journal.close();
  await expect(journal.getRun("r")).rejects.toThrow();
});

it("opens a new journal six times at once", async () => {
  const journals = await Promise.all(Array.from({ length: 6 }, () => openSqliteJournal({ folder })));
  await Promise.all(journals.map((journal, n) => journal.createRun(aRun(`r${n}`))));
  expect(await journals[0]!.countRuns("queued")).toBe(6);
  for (const journal of journals) await journal.close();
});

it("two handles on one file share claims, caps and events", async () => {
  const [a, b] = [await openSqliteJournal({ folder }), await openSqliteJournal({ folder })];
  const epoch = await held(a, "r");
  const caps = { ...noCaps, runMicro: 500_000 };
  const answers = await Promise.all(
    [a, b, a, b, a, b, a, b].map((journal, n) =>
      journal.reserve("r", epoch, aCall("r", `k${n}`), caps, [skipped("x")]),
    ),
  );
  expect(answers.filter((answer) => answer === "reserved")).toHaveLength(5);
  expect((await b.events("r", 0, 10)).map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
  await Promise.all([a.close(), b.close()]);
});

it("ST-007 refuses a file that is no database, and says how to restore one", async () => {
  await writeFile(file, "these are not the bytes of a database, however long one looks at them".repeat(100));
  await expect(openSqliteJournal({ folder })).rejects.toThrow(JournalDamaged);
  await expect(openSqliteJournal({ folder })).rejects.toThrow(/backup/);
});

it("ST-007 finds a broken page when opening, or at the latest when checking", async () => {
  const journal = await openSqliteJournal({ folder });
  const epoch = await held(journal, "r");
  for (let n = 0; n < 200; n += 1)
    await journal.write("r", epoch, { steps: [aStep(`n${n}`)], events: [skipped(`n${n}`)] });
  await journal.close();
  const pages = Math.floor((await stat(file)).size / 4096);
  const broken: number[] = [];
  for (let page = 1; page < pages; page += 5) {
    const handle = await openFile(file, "r+");
    const good = Buffer.alloc(4096);
    await handle.read(good, 0, 4096, page * 4096);
    await handle.write(Buffer.alloc(512, 0xff), 0, 512, page * 4096);
    await handle.close();
    const refused = await openSqliteJournal({ folder }).then(
      async (opened) => {
        const { ok } = await opened.check();
        await opened.close();
        return !ok;
      },
      (error) => error instanceof JournalDamaged,
    );
    broken.push(refused ? 1 : 0);
    const repair = await openFile(file, "r+");
    await repair.write(good, 0, 4096, page * 4096);
    await repair.close();
  }
  expect(broken.every(Boolean)).toBe(true);
  const mended = await openSqliteJournal({ folder });
  expect((await mended.check()).ok).toBe(true);
  await mended.close();
});

it("refuses a journal of a newer version and leaves it untouched", async () => {
  await (await openSqliteJournal({ folder })).close();
  const raw = new DatabaseSync(file);
  raw.exec("pragma user_version = 999");
  raw.close();
  await expect(openSqliteJournal({ folder })).rejects.toThrow(/newer/);
});

it("finds an event that is missing", async () => {
  const journal = await openSqliteJournal({ folder });
  const epoch = await held(journal, "r");
  await journal.write("r", epoch, { events: [skipped("a"), skipped("b"), skipped("c")] });
  const raw = new DatabaseSync(file);
  raw.exec("delete from event where seq = 2");
  raw.close();
  const { ok, problems } = await journal.check();
  expect(ok).toBe(false);
  expect(problems.join()).toContain("Run r");
  await journal.close();
});

it("takes over a run at once when its owner is known to be dead, and hands over its items", async () => {
  const journal = await openSqliteJournal({ folder, ownerIsDead: (owner) => owner === "dead" });
  await journal.putGraph(aGraph("sneaker-hero"), "graph-hash");
  for (const id of ["named", "any", "back", "mine"]) await journal.createRun(aRun(id));
  const claims = new Map<string, number>();
  for (const id of ["named", "any", "back"]) claims.set(id, (await journal.claim("dead", 60_000, id))!.epoch);
  await journal.claimItems(["item"], "any", claims.get("any")!);
  const mine = await journal.claim("alive", 60_000, "mine");
  expect(await journal.claimItems(["item"], "mine", mine!.epoch)).toEqual([]);
  expect(await journal.requeue("back", {})).toMatchObject({ status: "queued" });
  expect(await journal.requeue("mine", {})).toBeUndefined();
  expect(await journal.claim("alive", 60_000, "named")).toMatchObject({ epoch: 2 });
  expect(await journal.claim("alive", 60_000)).toMatchObject({ id: "any", epoch: 2 });
  expect(await journal.claim("alive", 60_000)).toMatchObject({ id: "back" });
  expect(await journal.claim("alive", 60_000)).toBeUndefined();
  await journal.close();
});

it("frees runs and buckets whose times lie hours ahead, because the clock was set back", async () => {
  let now = 10_000_000_000;
  const journal = await openSqliteJournal({ folder, now: () => now });
  await held(journal, "r");
  await journal.pauseRate("images", 600_000, 1_000, 1);
  expect(await journal.takeRate("images", 1, 1_000, 1)).toBe(601_000);
  expect(await journal.claim("other", 60_000)).toBeUndefined();
  now -= 2 * 3_600_000;
  expect(await journal.takeRate("images", 1, 1_000, 1)).toBe(0);
  expect(await journal.claim("other", 60_000)).toMatchObject({ id: "r" });
  await journal.close();
});

it("refills a bucket at its rate", async () => {
  let now = 0;
  const journal = await openSqliteJournal({ folder, now: () => now });
  let taken = 0;
  for (; now < 60_000; now += 100) if ((await journal.takeRate("images", 1, 1_200, 5)) === 0) taken += 1;
  expect(taken).toBe(54);
  expect(await journal.takeRate("images", 1, 1_200, 5)).toBe(0);
  now += await journal.takeRate("images", 1, 1_200, 5);
  expect(now).toBe(61_200);
  expect(await journal.takeRate("images", 1, 1_200, 5)).toBe(0);
  await journal.close();
});
