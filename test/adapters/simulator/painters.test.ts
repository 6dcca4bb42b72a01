import { describe, expect, test } from "vitest";
import { makePicture } from "#lib/adapters/simulator/answers/make-picture.ts";
import { paint } from "#lib/adapters/simulator/answers/painters.ts";
import type { PictureOrder } from "#lib/adapters/simulator/answers/picture-order.ts";

const order = (prompt: string, more: Partial<PictureOrder> = {}): PictureOrder => ({
  seed: prompt,
  prompt,
  instructions: "",
  earlier: [],
  base: null,
  mask: null,
  references: [],
  size: "1024x1024",
  background: "auto",
  format: "webp",
  compression: 60,
  frames: 1,
  frameMs: 100,
  ...more,
});

describe("painting in threads", () => {
  test("gives the bytes that painting here gives, to each his own", async () => {
    const orders = ["a red kite", "a blue boat", "a green lamp"].map((prompt) => order(prompt));
    const [there, here] = [await Promise.all(orders.map(paint)), await Promise.all(orders.map(makePicture))];
    expect(there.map(({ bytes }) => Buffer.from(bytes).toString("base64"))).toEqual(
      here.map(({ bytes }) => Buffer.from(bytes).toString("base64")),
    );
    expect(there.map(({ revisedPrompt }) => revisedPrompt)).toEqual(here.map(({ revisedPrompt }) => revisedPrompt));
  });

  test("fails as painting here fails, and paints on", async () => {
    const spoilt = order("an edit", { base: new TextEncoder().encode("no picture") });
    const why = await makePicture(spoilt).catch((error: Error) => error.message);
    await expect(paint(spoilt)).rejects.toThrow(String(why));
    expect((await paint(order("a red kite"))).width).toBe(1024);
  });

  test("keeps the event loop free meanwhile", async () => {
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    await paint(order("a yellow door"));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(10);
  });
});
