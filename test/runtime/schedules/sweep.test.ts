import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cronReader } from "#lib/adapters/cron/cron-reader.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { StepError } from "#lib/protocol/failure.ts";
import { InvalidError, problem } from "#lib/protocol/problems.ts";
import type { ScheduleRow } from "#lib/runtime/ports.ts";
import { createScheduleSweep } from "#lib/runtime/schedules/sweep.ts";
import type { StartTemplate } from "#lib/runtime/templates/templates-api.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 20, 12, 30);

/** Two clocks that a test turns: the wall clock can be wrong, the other one only goes on. */
function clocks() {
  const state = { wall: START, monotonic: 0 };
  return {
    state,
    clock: { now: () => state.wall, monotonic: () => state.monotonic, sleep: async () => {} },
    pass(ms: number) {
      state.wall += ms;
      state.monotonic += ms;
    },
  };
}

async function world(schedule: Partial<ScheduleRow> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "sweep-"));
  const journal = await openSqliteJournal({ folder });
  const elsewhere = await openSqliteJournal({ folder });
  onTestFinished(async () => {
    await journal.close();
    await elsewhere.close();
  });
  const store = journal.schedules;
  const time = clocks();
  const started: string[] = [];
  const errors: unknown[] = [];
  let answer: Error | undefined;
  const startRun = async (_id: string, request: StartTemplate) => {
    if (answer) throw answer;
    const key = String(request.idempotencyKey).split(" ")[2] ?? "";
    const at = new Date(Number(key)).toISOString();
    started.push(at);
    return { runId: `run ${at}`, created: true };
  };
  /** Another process on the same folder has a connection of its own. */
  const processes = (on = elsewhere.schedules) =>
    createScheduleSweep({
      store: on,
      cron: cronReader,
      clock: time.clock,
      templates: { startRun },
      logError: (_message, error) => errors.push(error),
    });
  const row: ScheduleRow = {
    id: "s",
    templateId: "poster",
    name: "Hourly",
    cron: "0 * * * *",
    timeZone: "UTC",
    inputs: {},
    missed: "once",
    enabled: true,
    createdAt: START,
    ...schedule,
  };
  await store.put({ ...row, nextAt: cronReader.next(row.cron, row.timeZone, START) });
  const sweep = processes(store);
  /** Looks every two minutes for as long as that. */
  const live = async (ms: number) => {
    for (let left = ms; left > 0; left -= 2 * MINUTE) {
      time.pass(2 * MINUTE);
      await sweep();
    }
  };
  return {
    store,
    started,
    errors,
    sweep,
    live,
    time,
    another: () => processes(),
    refuse(error?: Error) {
      answer = error;
    },
  };
}
const at = (hour: number, day = 20) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

describe("schedules", () => {
  test("fire at each of their times, once", async () => {
    const { live, started, store } = await world();
    await live(3 * HOUR);
    expect(started).toEqual([at(13), at(14), at(15)]);
    expect(await store.firings("s", 9)).toMatchObject([{ runId: `run ${at(15)}` }, {}, {}]);
  });

  test("two processes fire one due time once, and a restart changes nothing", async () => {
    const { sweep, another, time, started } = await world();
    const other = another();
    time.pass(HOUR);
    await Promise.all([sweep(), other(), sweep(), other()]);
    await another()();
    expect(started).toEqual([at(13)]);
  });

  test.each([
    ["once", [at(11, 23)]],
    ["skip", []],
  ] as const)("times that passed while nobody was there: %s", async (missed, expected) => {
    const { time, another, started, store } = await world({ missed });
    time.pass(3 * DAY - HOUR);
    await another()();
    expect(started).toEqual(expected);
    expect((await store.get("s"))?.nextAt).toBe(Date.parse(at(12, 23)));
  });

  test("CL-001 CL-003 a clock that is wrong by three days for a while fires nothing, and everything afterwards once", async () => {
    const { live, time, started } = await world();
    await live(HOUR);
    time.state.wall += 3 * DAY;
    await live(8 * MINUTE);
    time.state.wall -= 3 * DAY;
    await live(2 * HOUR);
    expect(started).toEqual([at(13), at(14), at(15)]);
  });

  test("CL-003 a clock that was three days ahead and is set right goes on at once, without a repetition", async () => {
    const { live, time, started } = await world();
    time.state.wall += 3 * DAY;
    await live(HOUR + 10 * MINUTE);
    const ahead = [...started];
    time.state.wall -= 3 * DAY;
    await live(3 * HOUR);
    expect(ahead).toEqual([at(12, 23), at(13, 23)]);
    expect(started.slice(2)).toEqual([at(14), at(15), at(16)]);
  });

  test("CL-003 a clock set back two hours repeats nothing", async () => {
    const { live, time, started } = await world();
    await live(2 * HOUR);
    time.state.wall -= 2 * HOUR;
    await live(4 * HOUR);
    expect(started).toEqual([at(13), at(14), at(15), at(16)]);
    expect(new Set(started).size).toBe(started.length);
  });

  test("CL-003 a day of 25 and one of 23 hours have one run of every daily schedule", async () => {
    for (const [month, day] of [
      [9, 24],
      [2, 28],
    ] as const) {
      const { live, time, started, store } = await world({ cron: "30 2 * * *", timeZone: "Europe/Berlin" });
      time.state.wall = Date.UTC(2026, month, day, 12);
      const [row] = await store.list();
      if (row) await store.put({ ...row, nextAt: cronReader.next(row.cron, row.timeZone, time.state.wall) });
      await live(2 * DAY);
      expect(started).toHaveLength(2);
    }
  });

  test("a process that ends between claim and run leaves the run to another, under the same key", async () => {
    const { store, time, sweep, started } = await world();
    time.pass(30 * MINUTE);
    await store.advance("s", Date.parse(at(13)), Date.parse(at(14)), {
      at: Date.parse(at(13)),
      firedAt: time.state.wall,
    });
    await sweep();
    expect(started).toEqual([]);
    time.pass(2 * MINUTE);
    await sweep();
    await sweep();
    expect(started).toEqual([at(13)]);
  });

  test("a template that cannot run is told once; a full queue is tried again until there is room", async () => {
    const { live, refuse, store, started, errors, time, sweep } = await world();
    refuse(new InvalidError([problem("UNKNOWN_TEMPLATE", "There is no published template.")]));
    await live(HOUR);
    expect(await store.firings("s", 9)).toMatchObject([{ error: "There is no published template." }]);
    refuse(new StepError("QUEUE_FULL", "full"));
    await live(HOUR);
    expect(errors.length).toBeGreaterThan(0);
    refuse();
    time.pass(2 * MINUTE);
    await sweep();
    expect(started).toEqual([at(14)]);
  });

  test("one that is paused does not fire", async () => {
    const { live, store, started } = await world();
    const row = await store.get("s");
    if (row) await store.put({ ...row, enabled: false });
    await live(2 * HOUR);
    expect(started).toEqual([]);
  });
});
