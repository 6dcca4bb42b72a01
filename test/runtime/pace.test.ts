import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { createPace } from "#lib/runtime/pace.ts";
import type { Clock } from "#lib/runtime/ports.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";

const request = {
  lane: "oneshot",
  op: "generate",
  imageModel: "m",
  prompt: "x",
  images: [],
  n: 1,
} as unknown as Parameters<ReturnType<typeof createPace>["take"]>[0];

test("however much rows of a batch ask for, a run somebody waits for goes out at once", async () => {
  const journal = await openSqliteJournal({ folder: await mkdtemp(join(tmpdir(), "pace-")) });
  let waits = 0;
  const clock: Clock = {
    ...systemClock,
    async sleep() {
      waits += 1;
      throw new Error("has to wait");
    },
  };
  // Two may go out at once; the next one comes back after three seconds, when the test is over.
  const limits = { imagesPerMinute: 20 };
  const rows = createPace(journal, clock, limits, "p", 0.5);
  const { signal } = new AbortController();
  let sent = 0;
  while (
    await rows.take(request, signal).then(
      () => true,
      () => false,
    )
  )
    sent += 1;
  expect(sent).toBe(1);
  expect(waits).toBe(1);
  await createPace(journal, clock, limits, "p").take(request, signal);
  expect(waits, "there was a place left").toBe(1);
  await journal.close();
});
