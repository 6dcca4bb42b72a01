import { describe, expect, test } from "vitest";
import { createStoring } from "#lib/runtime/storing.ts";

describe("storing finished calls", () => {
  test("waits until it is calm", async () => {
    const order: string[] = [];
    const storing = createStoring(1, async () => void order.push("calm"));
    await storing(async () => void order.push("stored"));
    expect(order).toEqual(["calm", "stored"]);
  });

  test("stores a few at a time", async () => {
    const storing = createStoring(2, async () => {});
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
