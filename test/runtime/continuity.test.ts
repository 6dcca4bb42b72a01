import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { compareAll } from "#lib/runtime/continuity.ts";
import { judging } from "./scripted-judge.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const { fingerprint } = createSharpOps();
type Color = readonly [number, number, number];
const NIGHT: Color = [32, 48, 64];
const LAMP: Color = [240, 160, 64];
const PAPER: Color = [244, 244, 244];
const LEAF: Color = [32, 112, 32];

/** A disc of 100 pixels on a ground of 200 × 200, with its middle at `x`. */
const print = async (ground: Color, disc: Color, x: number) => {
  const pixels = Buffer.alloc(200 * 200 * 3);
  for (let at = 0; at < 200 * 200; at++)
    pixels.set(Math.hypot((at % 200) - x, Math.floor(at / 200) - 110) < 50 ? disc : ground, at * 3);
  return fingerprint(
    await sharp(pixels, { raw: { width: 200, height: 200, channels: 3 } })
      .png()
      .toBuffer(),
  );
};

describe("continuity", () => {
  test("the one picture with other colors and another subject stands out, and no other", async () => {
    const prints = [
      await print(NIGHT, LAMP, 100),
      await print(NIGHT, LAMP, 102),
      await print(PAPER, LEAF, 40),
      await print(NIGHT, LAMP, 98),
    ];
    const { pairs, means, outliers } = compareAll(prints);
    expect(outliers).toEqual([false, false, true, false]);
    expect(pairs).toHaveLength(6);
    expect(means[2]).toBeLessThan(0.4);
    const [first] = pairs;
    expect(first).toMatchObject({ a: 0, b: 1 });
    expect(first?.both).toBeGreaterThan(0.8);
  });

  test("of like pictures none stands out, of two neither, and one alone is like nothing", async () => {
    const prints = [await print(NIGHT, LAMP, 100), await print(PAPER, LEAF, 40)];
    expect(compareAll([prints[0]!, prints[0]!, prints[0]!]).outliers).toEqual([false, false, false]);
    expect(compareAll(prints).outliers).toEqual([false, false]);
    expect(compareAll(prints.slice(0, 1))).toEqual({ pairs: [], means: [undefined], outliers: [false] });
    expect(compareAll([])).toEqual({ pairs: [], means: [], outliers: [] });
  });

  test("is of the pictures a run came to: not of those on the way, nor of the rejected", async () => {
    const fake = scriptedProvider({ script: judging((_request, count) => (count === 1 ? 0.5 : 1)) });
    const { go, studio } = await openTestStudio(fake.provider);
    const run = await go(
      graph(
        [
          node("p", "text", { text: "a harbour" }),
          node("hero", "generate", { size: "1024x1024", partials: 0, variants: 3 }),
          node("gate", "qa-gate", { checklist: [{ id: "horizon", question: "Is the horizon level?" }] }),
        ],
        [edge("p.text", "hero.prompt"), edge("hero.image", "gate.image")],
      ),
    );
    const passed = run.outputs.gate?.pass?.map((value) => value.kind === "image" && value.asset);
    expect(passed).toHaveLength(2);
    const found = await studio.continuity(run.runId);
    expect(found?.pictures.map(({ asset }) => asset)).toEqual(passed);
    expect(found?.pictures.map(({ title }) => title)).toEqual(["gate", "gate"]);
    expect(found?.pairs).toHaveLength(1);
    expect(await studio.continuity("nobody")).toBeUndefined();
  });
});
