import { cp, mkdtemp, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { spawnWriter } from "./spawn-writer.ts";

let folder: string;
let file: string;
const open: Journal[] = [];
const reopen = async (at = file) => {
  const journal = await openSqliteJournal({ file: at });
  open.push(journal);
  return journal;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
  file = join(folder, "journal.sqlite");
});
afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close();
  await rm(folder, { recursive: true });
});

/** What must hold (`check` counts the events) of a run whose writer may have been killed anywhere, given the last round it had acknowledged. */
async function holds(journal: Journal, runId: string, acked: number): Promise<void> {
  expect(await journal.check()).toEqual({ ok: true, problems: [] });
  const steps = new Map((await journal.steps(runId)).map((step) => [step.nodeId, step]));
  const calls = await journal.callsOfRun(runId);
  for (let n = 0; n <= acked; n += 1) expect(steps.get(`n${n}`)?.state).toBe("done");
  for (const step of steps.values()) {
    if (step.state !== "done") continue;
    const made = calls.find(
      (call) => step.outputs?.text?.[0]?.kind === "text" && call.key === step.outputs.text[0].text,
    );
    expect(made).toMatchObject({ state: "completed", responseId: `resp:${made?.key}` });
  }
}

it("two processes open a new journal and write to it at once, and neither loses a row or passes the shared cap", async () => {
  const writers = ["a", "b"].map((runId) => spawnWriter(file, runId, 1_000, 12_000_000));
  const results = await Promise.all(writers.map((writer) => writer.ended));
  expect(results).toEqual([
    { code: 0, errors: "" },
    { code: 0, errors: "" },
  ]);
  expect(writers.every((writer) => writer.said().includes("full"))).toBe(true);
  const journal = await reopen();
  await holds(journal, "a", writers[0]!.acked());
  await holds(journal, "b", writers[1]!.acked());
  expect(await journal.spentToday(0)).toBe(12_000_000);
  expect(writers.reduce((sum, writer) => sum + writer.acked() + 1, 0)).toBe(120);
}, 60_000);

it("PF-001 a writer killed with SIGKILL again and again loses nothing it had acknowledged, and its run goes on", async () => {
  let acked = -1;
  for (let kill = 0; kill < 12; kill += 1) {
    const writer = spawnWriter(file, "r", 100_000);
    await writer.lines(1 + (kill % 4) * 7);
    await sleep(Math.random() * 5);
    await writer.kill();
    expect(writer.acked()).toBeGreaterThan(acked);
    acked = writer.acked();
    const journal = await reopen();
    await holds(journal, "r", acked);
    await open.pop()!.close();
  }
  const last = spawnWriter(file, "r", acked + 20);
  expect(await last.ended).toMatchObject({ code: 0 });
  await holds(await reopen(), "r", acked + 19);
}, 60_000);

it("PF-011 ST-006 a killed writer's files open without their shared memory and with a log cut anywhere", async () => {
  const writer = spawnWriter(file, "r", 100_000);
  await writer.lines(40);
  await writer.kill();
  const names = ["journal.sqlite", "journal.sqlite-wal"];
  for (const [n, keep] of [1, 0.9, 0.5, 0.1, 0].entries()) {
    const copy = await mkdtemp(join(folder, `copy-${n}-`));
    for (const name of names) await cp(join(folder, name), join(copy, name));
    const log = join(copy, "journal.sqlite-wal");
    await truncate(log, Math.floor((await stat(log)).size * keep));
    const journal = await reopen(join(copy, "journal.sqlite"));
    await holds(journal, "r", keep === 1 ? writer.acked() : -1).catch(async (error) => {
      // With next to nothing left of the log the run itself may be gone; then nothing else may be there.
      if (await journal.getRun("r")) throw error;
      expect(await journal.callsOfRun("r")).toEqual([]);
    });
  }
}, 60_000);

it("ST-008 a backup taken while two processes write is whole, and a restored one goes on", async () => {
  const writers = ["a", "b"].map((runId) => spawnWriter(file, runId, 100_000));
  await Promise.all(writers.map((writer) => writer.lines(10)));
  const acked = writers.map((writer) => writer.acked());
  const journal = await reopen();
  const copy = join(folder, "backup.sqlite");
  await journal.backup(copy);
  expect(writers.every((writer) => !writer.said().includes("end"))).toBe(true);
  await Promise.all(writers.map((writer) => writer.kill()));
  const restored = await reopen(copy);
  await holds(restored, "a", acked[0]!);
  await holds(restored, "b", acked[1]!);
  expect(await restored.claim("w", 60_000, "a")).toMatchObject({ id: "a" });
}, 60_000);
