import { describe, expect, it } from "vitest";
import {
  AS_OF,
  costOfUsage,
  DEFAULTS,
  drawPriceUpperBound,
  drawProblems,
  IMAGE_MODELS,
  imageModel,
  nearestSize,
  outputTokens,
  parseSize,
  sizeFault,
  TEXT_MODELS,
  textModel,
} from "#lib/protocol/models.ts";

const NOW = Date.parse(AS_OF);
const settings = (over: Partial<Parameters<typeof drawProblems>[0]> = {}) => ({
  lane: "conversation" as const,
  model: DEFAULTS.text,
  imageModel: DEFAULTS.image,
  size: "auto",
  quality: "auto",
  background: "auto",
  format: "png",
  partials: 2,
  ...over,
});
const codes = (over: Partial<Parameters<typeof drawProblems>[0]>, now = NOW) =>
  drawProblems(settings(over), now).map(({ level = "error", field, code }) => `${level} ${field} ${code}`);

describe("the model table", () => {
  it("starts new nodes with models that have prices and no end", () => {
    for (const id of [DEFAULTS.text, DEFAULTS.judge]) expect(textModel(id)).toMatchObject({ status: "current" });
    expect(imageModel(DEFAULTS.image)?.shutdown).toBeUndefined();
    expect(drawProblems(settings(), NOW)).toEqual([]);
  });

  it("knows dated snapshots by their family", () => {
    expect(imageModel("gpt-image-2.5-flare-2026-09-08")?.id).toBe("gpt-image-2.5-flare");
    expect(textModel("gpt-6.1-terra-2026-10-26")?.id).toBe("gpt-6.1-terra");
    expect(imageModel("gpt-image-2.5-flare-latest")).toBeUndefined();
  });

  it("names for every model that ends one that stays", () => {
    for (const model of [...IMAGE_MODELS, ...TEXT_MODELS].filter((each) => each.shutdown)) {
      const next = imageModel(model.replacement ?? "") ?? textModel(model.replacement ?? "");
      expect(next?.price, model.id).toBeDefined();
      expect(next?.shutdown, model.id).toBeUndefined();
    }
  });
});

describe("what cannot be drawn", () => {
  it.each([
    ["an unknown image model", { imageModel: "gpt-image-9" }, ["error imageModel UNKNOWN_MODEL"]],
    ["an unknown text model", { model: "llama" }, ["error model UNKNOWN_MODEL"]],
    ["a text model in the one-shot lane does not matter", { lane: "oneshot" as const, model: "llama" }, []],
    ["an image model as text model", { model: "gpt-image-2" }, ["error model NOT_A_TEXT_MODEL"]],
    ["OA-021 a retired model", { imageModel: "gpt-image-1" }, ["error imageModel MODEL_RETIRED"]],
    ["OA-021 a model that ends within 60 days", { imageModel: "gpt-image-1.5" }, ["warning imageModel MODEL_RETIRING"]],
    ["BU-002 a model without a price", { model: "gpt-5.5" }, ["error model NO_PRICE"]],
    ["2.6 in the conversation lane", { imageModel: "gpt-image-2.6-flare" }, ["error imageModel MODEL_NOT_IN_LANE"]],
    ["2.6 in the one-shot lane", { imageModel: "gpt-image-2.6-flare", lane: "oneshot" as const }, []],
    ["a text model that may not draw", { model: "gpt-6-luna" }, ["warning model MODEL_MAY_NOT_DRAW"]],
    ["quality above the model", { imageModel: "gpt-image-2", quality: "max" }, ["error quality QUALITY_NOT_OFFERED"]],
    ["transparent jpeg", { background: "transparent", format: "jpeg" }, ["error background BACKGROUND_NEEDS_ALPHA"]],
    ["transparent webp", { background: "transparent", format: "webp" }, []],
    ["compressed png", { compression: 50 }, ["error compression COMPRESSION_NEEDS_LOSSY"]],
    ["compressed jpeg", { compression: 50, format: "jpeg" }, []],
    ["too much compression", { compression: 101, format: "jpeg" }, ["error compression COMPRESSION_RANGE"]],
    ["too many partials", { partials: 4 }, ["error partials PARTIALS_RANGE"]],
    ["a size that is none", { size: "big" }, ["error size SIZE_NOT_LEGAL"]],
    [
      "a size a fixed list lacks",
      { imageModel: "gpt-image-1.5", size: "2048x2048" },
      ["warning imageModel MODEL_RETIRING", "error size SIZE_NOT_LEGAL"],
    ],
    ["a size still to be filled in", { size: "{{size}}", imageModel: "{{model}}" }, []],
  ])("%s", (_name, over, expected) => {
    expect(codes(over)).toEqual(expected);
  });

  it("OA-021 a retired model comes with its replacement and its day", () => {
    const [only] = drawProblems(settings({ imageModel: "gpt-image-1.5" }), Date.parse("2026-12-01"));
    expect(only).toMatchObject({ code: "MODEL_RETIRED", field: "imageModel" });
    expect(only?.message).toMatch(/2026-12-01.*gpt-image-2\.5-flare/);
  });

  it("a machine whose clock lags behind the table sees the table's day", () => {
    expect(codes({ imageModel: "gpt-image-1" }, Date.parse("2025-01-01"))).toEqual(["error imageModel MODEL_RETIRED"]);
  });

  it.each([
    ["1024x1024", true],
    ["1440x480", true],
    ["3840x1280", true],
    ["3840x2160", true],
    ["2880x2880", true],
    ["1456x480", false],
    ["3856x2160", false],
    ["1000x1000", false],
    ["800x800", false],
    ["2896x2880", false],
    ["0x1024", false],
    ["1024X1024", false],
  ])("size %s: %s", (size, legal) => {
    expect(sizeFault(size, imageModel(DEFAULTS.image)!.sizes) === undefined).toBe(legal);
  });
});

describe("the nearest size", () => {
  it.each([
    [1024, 1024, "1024x1024"],
    [1536, 1024, "1536x1024"],
    [1500, 1000, "1536x1024"],
    [1920, 1080, "2048x1152"],
    [3840, 2160, "3840x2160"],
    [7680, 4320, "3840x2160"],
    [100, 100, "816x816"],
    [5000, 1000, "3840x1280"],
  ])("of %s×%s is %s", (width, height, size) => {
    expect(nearestSize(width, height, DEFAULTS.image)).toBe(size);
  });

  it("is legal and keeps the aspect within 2 % for any picture of up to 3:1", () => {
    for (let seed = 1; seed < 400; seed += 1) {
      const width = 64 + ((seed * 7919) % 6000);
      const ratio = 0.34 + ((seed * 104_729) % 2600) / 1000;
      const height = Math.max(1, Math.round(width / Math.min(2.95, ratio)));
      const size = nearestSize(width, height, DEFAULTS.image);
      expect(sizeFault(size, imageModel(DEFAULTS.image)!.sizes)).toBeUndefined();
      const drawn = parseSize(size)!;
      expect(Math.abs(Math.log(drawn.width / drawn.height / (width / height))), `${width}x${height}`).toBeLessThan(
        0.02,
      );
    }
  });

  it("of a model with fixed sizes is one of them", () => {
    expect(nearestSize(800, 1200, "gpt-image-1.5")).toBe("1024x1536");
  });
});

describe("prices", () => {
  it("bounds lie above every figure the provider published", () => {
    const known = {
      "1024x1024": 7024,
      "1536x1024": 5488,
      "1024x640": 3824,
      "3072x1024": 3952,
      "2560x1440": 7370,
      "3840x1280": 5311,
      "2048x2048": 14_272,
      "3840x2160": 13_342,
    };
    for (const [size, tokens] of Object.entries(known))
      for (const id of ["gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.6-sunburst"])
        expect(outputTokens(imageModel(id)!, size, "high"), `${id} ${size}`).toBeGreaterThanOrEqual(tokens);
    // A size next to a known one is bounded by rule, and not below it.
    expect(outputTokens(imageModel("gpt-image-2")!, "2048x2032", "high")).toBeGreaterThan(14_000);
    expect(outputTokens(imageModel("gpt-image-2")!, "3840x2144", "high")).toBeGreaterThan(13_300);
  });

  it("BU-002 are undefined where one is missing", () => {
    const ask = {
      imageModel: "gpt-image-1-mini",
      size: "auto",
      quality: "auto",
      n: 1,
      partials: 0,
      textBytes: 10,
      pictures: [],
    };
    expect(drawPriceUpperBound(ask)).toBeUndefined();
    expect(drawPriceUpperBound({ ...ask, imageModel: DEFAULTS.image, textModel: "gpt-5.5" })).toBeUndefined();
  });

  it("count long inputs double and cached ones at their own price", () => {
    const usage = { input_tokens: 300_000, input_tokens_details: { cached_tokens: 100_000 }, output_tokens: 1000 };
    expect(costOfUsage({ textModel: "gpt-6.1-terra", usage, pictures: 0 })).toBe((200_000 + 5000) * 2 + 7500);
  });

  it("count input of an image model that is not told apart as pixels", () => {
    const imageUsage = { input_tokens: 100, output_tokens: 200 };
    expect(costOfUsage({ imageModel: DEFAULTS.image, imageUsage, pictures: 1 })).toBe(800 + 6000);
  });
});
