import { describe, expect, test } from "vitest";
import { createCalm } from "#lib/runtime/calm.ts";

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

describe("calm", () => {
  test("is at once when no call was sent lately", async () => {
    const clock = smallClock();
    await createCalm({ takenAt: 0 }, clock)();
    expect(clock.monotonic()).toBe(1_000);
  });

  test("lets calls that are being sent go first", async () => {
    const clock = smallClock();
    await createCalm({ takenAt: 998 }, clock)();
    expect(clock.monotonic()).toBe(1_004);
  });

  test("does not wait for ever while calls are sent without end", async () => {
    const clock = smallClock();
    const slots = {
      get takenAt() {
        return clock.monotonic();
      },
    };
    await createCalm(slots, clock)();
    expect(clock.monotonic()).toBe(1_060);
  });
});
