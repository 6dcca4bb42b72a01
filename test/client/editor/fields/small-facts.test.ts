import { describe, expect, test } from "vitest";
import { addPoint, movePoint, pointsIn } from "#lib/client/editor/fields/curve-points.ts";
import { exampleSettings } from "#lib/client/editor/fields/example-settings.ts";
import { imageModels, picturePrice, textModels } from "#lib/client/editor/fields/model-options.ts";
import { readNumber, stepped } from "#lib/client/editor/fields/number-steps.ts";
import { faultOf, shapeOf, sizePresets } from "#lib/client/editor/fields/picture-sizes.ts";
import { factsOf, thumbOf } from "#lib/client/editor/fields/take-facts.ts";
import type { NodeTake } from "#lib/client/editor/node-run.ts";
import { NODES } from "#nodes/index.ts";

describe("numbers", () => {
  test("a step stays in bounds and leaves no dust of binary fractions", () => {
    const bounds = { integer: false, min: 0, max: 1, step: 0.1 };
    expect(stepped(bounds, 0.2, 1)).toBe(0.3);
    expect(stepped(bounds, 0.95, 10)).toBe(1);
    expect(stepped({ integer: true, min: 1, step: 1 }, undefined, 1)).toBe(2);
  });

  test("what is typed is read with a comma or a point, and not before it is a number", () => {
    expect(readNumber("1,5")).toBe(1.5);
    expect(readNumber("−3")).toBe(-3);
    expect(readNumber("-")).toBeUndefined();
    expect(readNumber("1e")).toBeUndefined();
    expect(readNumber("4px")).toBeUndefined();
  });
});

describe("models", () => {
  const now = Date.parse("2026-11-20");

  test("current ones come first with the price of a picture, those that were shut down last and cannot be chosen", () => {
    const models = imageModels({ size: "1024x1024", quality: "high" }, now);
    expect(models[0]).toMatchObject({ gone: false, earlier: false });
    expect(models[0]?.price).toMatch(/^up to \$\d/);
    expect(models.at(-1)).toMatchObject({ gone: true });
    expect(models.find(({ id }) => id === "gpt-image-1.5")?.leaves).toBe("until 2026-12-01");
  });

  test("a larger picture costs more; a text model says what words cost", () => {
    const cents = (size: string) =>
      Number(/\$([\d.]+)/.exec(picturePrice("gpt-image-2", { size, quality: "high" }) ?? "")?.[1]);
    expect(cents("3840x2160")).toBeGreaterThan(cents("1024x1024"));
    expect(textModels(now)[0]?.price).toMatch(/in, .* out per million tokens/);
  });
});

describe("sizes", () => {
  test("have a shape people know", () => {
    expect(shapeOf("1536x1024")).toBe("3:2");
    expect(shapeOf("2160x3840")).toBe("9:16");
    expect(shapeOf("3072x1008")).toBe("3:1");
    expect(shapeOf("auto")).toBe("auto");
  });

  test("that a model cannot draw say why", () => {
    expect(faultOf("1000x1000", "gpt-image-2.5-flare")).toBe("Both sides must be multiples of 16.");
    expect(faultOf("x", "gpt-image-2.5-flare")).toMatch(/^A size is auto or/);
    const offered = sizePresets(["auto", "1536x1024", "3840x2160"], "gpt-image-1.5");
    expect(offered.map(({ fault }) => fault === undefined)).toEqual([true, true, false]);
  });
});

test("a curve keeps its points in order, inside the square, and apart", () => {
  const { points, index } = addPoint(
    [
      [0.2, 0.1],
      [0.8, 0.9],
    ],
    [0.5, 1.4],
  );
  expect(points).toEqual([
    [0.2, 0.1],
    [0.5, 1],
    [0.8, 0.9],
  ]);
  expect(index).toBe(1);
  expect(movePoint(points, 1, [0.99, -1])[1]).toEqual([0.79, 0]);
  expect(pointsIn([[0, 0], "x", [1]])).toEqual([[0, 0]]);
});

test("examples that can be tried have settings of their own, do not show a failure and name no test picture", () => {
  const tried = NODES.flatMap((type) => exampleSettings(type).map(({ config }) => ({ type, config })));
  expect(tried.length).toBeGreaterThan(15);
  for (const { type, config } of tried) {
    expect(JSON.stringify(config)).not.toContain('"@');
    expect(type.config.safeParse(config).success).toBe(true);
  }
});

test("a past result is explained by itself, else by its picture; why it ran is said of the newest run only", () => {
  const take: NodeTake = {
    runId: "run_1",
    pass: 0,
    take: 2,
    at: 0,
    costUsd: 0.1,
    cached: false,
    outputs: {
      image: [
        {
          kind: "image",
          asset: `sha256:${"c".repeat(64)}`,
          width: 3,
          height: 2,
          mediaType: "image/png",
          made: { by: "model", prompt: "a fox", revisedPrompt: "a red fox", imageModel: "m", responseId: "resp_1" },
        },
      ],
    },
  };
  expect(factsOf(take, undefined)).toMatchObject({
    prompt: "a fox",
    revised: "a red fox",
    responseId: "resp_1",
    why: undefined,
  });
  expect(thumbOf(take)?.width).toBe(3);
  expect(factsOf({ ...take, prompt: "sent" }, { runId: "run_1", why: "take 1 → 2" } as never)).toMatchObject({
    prompt: "sent",
    why: "take 1 → 2",
  });
});
