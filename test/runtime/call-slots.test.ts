import { describe, expect, test } from "vitest";
import { type CallSlots, createCallSlots, slotsWithin } from "#lib/runtime/call-slots.ts";

const never = new AbortController().signal;
/** Lets everything that can go on go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

const enter = async (slots: CallSlots, number: number, inside: number[], leave: (() => void)[]) => {
  const release = await slots.take(never);
  inside.push(number);
  leave.push(release);
};

describe("call slots", () => {
  test("let in as many as there are, then one for each that leaves, first come first served", async () => {
    const slots = createCallSlots(2, () => 0);
    const inside: number[] = [];
    const leave: (() => void)[] = [];
    for (const number of [1, 2, 3, 4]) void enter(slots, number, inside, leave);
    await settle();
    expect(inside).toEqual([1, 2]);
    leave[0]?.();
    await settle();
    expect(inside).toEqual([1, 2, 3]);
  });

  test("OA-004 an overload halves them; they come back one every 30 seconds", async () => {
    let now = 0;
    const slots = createCallSlots(4, () => now);
    slots.ease();
    const inside: number[] = [];
    const leave: (() => void)[] = [];
    for (const number of [1, 2, 3, 4]) void enter(slots, number, inside, leave);
    await settle();
    expect(inside).toEqual([1, 2]);
    now = 30_000;
    leave[0]?.();
    await settle();
    expect(inside).toEqual([1, 2, 3, 4]);
  });

  test("never fall below one", async () => {
    const slots = createCallSlots(1, () => 0);
    slots.ease();
    slots.ease();
    await expect(slots.take(never)).resolves.toBeTypeOf("function");
  });

  test("a run's own slots hold within those of the process, and a stopped wait gives its place back", async () => {
    const all = createCallSlots(10, () => 0);
    const own = slotsWithin(all, 1, () => 0);
    const release = await own.take(never);
    const stop = new AbortController();
    const refused = own.take(stop.signal).catch((reason) => reason);
    stop.abort("cancel");
    expect(await refused).toBe("cancel");
    expect(all.inFlight).toBe(1);
    release();
    expect(all.inFlight).toBe(0);
    expect(own.inFlight).toBe(0);
  });
});
