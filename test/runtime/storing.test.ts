import { describe, expect, test } from "vitest";
import { createStoring } from "#lib/runtime/storing.ts";

/** A clock that moves when somebody sleeps. */
function smallClock() {
  let now = 1_000;
  return {
    monotonic: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}

describe("storing finished calls", () => {
  test("begins at once when no call was sent lately", async () => {
    const clock = smallClock();
    const storing = createStoring(1, { takenAt: 0 }, clock);
    expect(await storing(async () => clock.monotonic())).toBe(1_000);
  });

  test("lets calls that are being sent go first", async () => {
    const clock = smallClock();
    const slots = { takenAt: 998 };
    const storing = createStoring(1, slots, { ...clock, sleep: async (ms) => clock.sleep(ms) });
    expect(await storing(async () => clock.monotonic())).toBe(1_004);
  });

  test("does not wait for ever while calls are sent without end", async () => {
    const clock = smallClock();
    const storing = createStoring(
      1,
      {
        get takenAt() {
          return clock.monotonic();
        },
      },
      clock,
    );
    expect(await storing(async () => clock.monotonic())).toBe(1_060);
  });

  test("stores a few at a time", async () => {
    const storing = createStoring(2, { takenAt: 0 }, smallClock());
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside -= 1;
    };
    await Promise.all([storing(work), storing(work), storing(work), storing(work)]);
    expect(most).toBe(2);
  });
});
