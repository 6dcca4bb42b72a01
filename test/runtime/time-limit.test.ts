import { describe, expect, test } from "vitest";
import { createWaitingSweep } from "#lib/runtime/sweep-waiting.ts";
import { answered, DAY, days, images, reviewed, stepOf } from "./reviewed-run.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { openTestStudio } from "./test-studio.ts";

describe("a time limit", () => {
  const limited = reviewed({ timeout: "P3D", otherwise: "approve" });

  test("counts days across restarts, holds no worker, and decides once", async () => {
    const clock = days();
    const fake = scriptedProvider();
    const first = await openTestStudio(fake.provider, { clock });
    const run = await first.go(limited);
    expect(run.status).toBe("waiting");
    expect(stepOf(run, "ok")?.dueAt).toBeGreaterThan(clock.now() + 2.9 * DAY);
    await first.studio.stop();
    const second = await openTestStudio(fake.provider, { clock, folder: first.folder });
    clock.pass(2 * DAY);
    expect(await second.studio.resume(run.runId, {})).toBe("waiting");
    expect(second.worker.running).toBe(0);
    clock.pass(2 * DAY);
    expect(await second.studio.resume(run.runId, {})).toBe("queued");
    expect(await second.studio.answer(run.runId, "ok", 0, { decision: "reject" })).toBe("already");
    await second.studio.drive(run.runId);
    const done = await second.studio.run(run.runId);
    expect(done?.status).toBe("succeeded");
    expect(images(done, "after", "image")).toHaveLength(1);
    expect(stepOf(done, "ok")?.answer).toEqual({ decision: "approve" });
    expect(stepOf(done, "ok")).not.toHaveProperty("dueAt", expect.anything());
  });

  test("a working server decides by itself", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const run = await opened.go(reviewed({ timeout: "PT2H" }));
    clock.pass(3 * 3_600_000);
    opened.studio.startWorker();
    for (let tries = 0; tries < 400 && (await opened.studio.run(run.runId))?.status !== "succeeded"; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    const done = await opened.studio.run(run.runId);
    expect(done?.outputs.ok?.rejected).toHaveLength(1);
    await opened.studio.stop();
  });

  test("an answer in time ends it; without a limit it waits for ever", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const timely = await opened.go(limited);
    await answered(opened, timely.runId, { decision: "reject" });
    const patient = await opened.go(reviewed());
    clock.pass(4000 * DAY);
    expect(await createWaitingSweep(opened.journal, clock)()).toEqual([]);
    expect((await opened.studio.run(patient.runId))?.status).toBe("waiting");
  });

  test("two workers that look at the same time decide once", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const run = await opened.go(limited);
    clock.pass(4 * DAY);
    const sweeps = [createWaitingSweep(opened.journal, clock), createWaitingSweep(opened.journal, clock)];
    expect((await Promise.all(sweeps.map((sweep) => sweep()))).flat()).toEqual([run.runId]);
  });

  test("CL-001 a clock that jumps three days decides nothing at once, and everything once when it turns out to be right", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const run = await opened.go(limited);
    const sweep = createWaitingSweep(opened.journal, clock);
    expect(await sweep()).toEqual([]);
    clock.jump(4 * DAY);
    expect(await sweep()).toEqual([]);
    clock.pass(60_000);
    expect(await sweep()).toEqual([]);
    clock.jump(-4 * DAY);
    clock.pass(700_000);
    expect(await sweep()).toEqual([]);
    clock.pass(700_000);
    expect(await sweep()).toEqual([]);
    clock.jump(4 * DAY);
    expect(await sweep()).toEqual([]);
    clock.pass(700_000);
    expect(await sweep()).toEqual([run.runId]);
    expect(await sweep()).toEqual([]);
  });

  test("CL-003 a limit over a change to summer time or a leap day is so many hours, not so many midnights", async () => {
    const opened = await openTestStudio(scriptedProvider().provider, {
      clock: { ...days(), now: () => Date.parse("2028-02-28T23:30:00+14:00") },
    });
    const run = await opened.go(limited);
    expect(new Date(stepOf(run, "ok")?.dueAt ?? 0).toISOString()).toBe("2028-03-02T09:30:00.000Z");
  });

  test("a length of time that is none is a problem of the graph, by its field", async () => {
    const { studio } = await openTestStudio(scriptedProvider().provider);
    const { problems } = await studio.check(reviewed({ timeout: "three days" }));
    expect(problems).toMatchObject([{ node: "ok", field: "timeout", code: "BAD_SETTING" }]);
  });
});
