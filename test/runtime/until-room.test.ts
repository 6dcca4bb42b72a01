import { describe, expect, test } from "vitest";
import { DiskFull } from "#lib/runtime/ports.ts";
import { untilRoom } from "#lib/runtime/until-room.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { smallClock } from "./small-clock.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const hero = () =>
  graph(
    [node("words", "text", { text: "a harbour" }), node("hero", "generate", { partials: 0 })],
    [edge("words.text", "hero.prompt")],
  );

describe("what is paid for and in no other place yet", () => {
  test("is written when there is room again", async () => {
    let tries = 0;
    const written = await untilRoom(smallClock(), async () => {
      tries += 1;
      if (tries < 20) throw new DiskFull();
      return "there";
    });
    expect([written, tries]).toEqual(["there", 20]);
  });

  test("is given up after two minutes without room, and at once for any other reason", async () => {
    const clock = smallClock();
    await expect(untilRoom(clock, () => Promise.reject(new DiskFull()))).rejects.toThrow(DiskFull);
    expect(clock.monotonic()).toBe(120_000);
    const other = smallClock();
    await expect(untilRoom(other, () => Promise.reject(new TypeError("no")))).rejects.toThrow("no");
    expect(other.monotonic()).toBe(0);
  });

  test("a call's id that came while the disk was full is not lost", async () => {
    const fake = scriptedProvider();
    const { journal, go } = await openTestStudio(fake.provider);
    const { accept } = journal;
    let full = 3;
    journal.accept = async (...call) => {
      full -= 1;
      if (full >= 0) throw new DiskFull();
      await accept(...call);
    };
    const run = await go(hero());
    expect(run.status).toBe("succeeded");
    expect(run.calls).toMatchObject([{ state: "completed", responseId: "resp_1" }]);
    expect(fake.sent).toHaveLength(1);
  });
});

describe("too little room for what would be paid for", () => {
  test("pauses the run before anything is sent, and it goes on when there is room", async () => {
    const fake = scriptedProvider();
    let full = true;
    const { studio } = await openTestStudio(fake.provider, {
      room: async () => {
        if (full) throw new DiskFull("Only 3 MiB are free.");
      },
    });
    const { runId } = await studio.startRun({ graph: hero() });
    expect(await studio.drive(runId)).toBe("paused");
    expect(await studio.run(runId)).toMatchObject({ reason: "disk", error: { message: "Only 3 MiB are free." } });
    expect(fake.sent).toEqual([]);
    full = false;
    await studio.resume(runId, {});
    expect(await studio.drive(runId)).toBe("succeeded");
    expect(fake.sent).toHaveLength(1);
  });
});
