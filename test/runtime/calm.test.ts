import { describe, expect, test } from "vitest";
import { createCalm } from "#lib/runtime/calm.ts";
import { smallClock } from "./small-clock.ts";

describe("calm", () => {
  test("is at once when no call was sent lately", async () => {
    const clock = smallClock(1_000);
    await createCalm({ takenAt: 0 }, clock)();
    expect(clock.monotonic()).toBe(1_000);
  });

  test("lets calls that are being sent go first", async () => {
    const clock = smallClock(1_000);
    await createCalm({ takenAt: 998 }, clock)();
    expect(clock.monotonic()).toBe(1_004);
  });

  test("does not wait for ever while calls are sent without end", async () => {
    const clock = smallClock(1_000);
    const slots = {
      get takenAt() {
        return clock.monotonic();
      },
    };
    await createCalm(slots, clock)();
    expect(clock.monotonic()).toBe(1_060);
  });
});
