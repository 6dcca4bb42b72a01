import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkDraw, checkTextModel, drawConfig, drawSettings } from "#lib/sdk/index.ts";

const Config = z.object(drawConfig);

describe("drawing settings", () => {
  it("have the document's defaults", () => {
    expect(Config.parse({})).toEqual({
      lane: "conversation",
      model: "gpt-6.1-terra",
      imageModel: "gpt-image-2.5-flare",
      variants: 1,
      size: "auto",
      quality: "auto",
      background: "auto",
      format: "png",
      partials: 2,
      moderation: "auto",
    });
    expect(checkDraw(Config.parse({}))).toEqual([]);
  });

  it("say in their schema what each is for, and that partials are not part of the key", () => {
    const { properties } = z.toJSONSchema(Config) as { properties: Record<string, Record<string, unknown>> };
    for (const [name, property] of Object.entries(properties))
      expect(property.title && property.description, name).toBeTruthy();
    expect(properties.partials?.notKeyed).toBe(true);
    expect(properties.imageModel?.examples).toContain("gpt-image-2.5-sunburst");
    expect(properties.imageModel?.examples).not.toContain("gpt-image-1.5");
  });

  it.each([
    { variants: 0 },
    { variants: 11 },
    { partials: 4 },
    { compression: 101 },
    { quality: "ultra" },
    { format: "gif" },
  ])("refuse %j", (config) => {
    expect(Config.safeParse(config).success).toBe(false);
  });

  it("give the runtime what it needs and nothing else", () => {
    const settings = drawSettings(Config.parse({ variants: 4, format: "webp", compression: 70 }));
    expect(settings).toMatchObject({ format: "webp", compression: 70 });
    expect("variants" in settings).toBe(false);
  });

  it("are checked against the models", () => {
    const [only] = checkDraw(Config.parse({ size: "1000x1000" }));
    expect(only).toMatchObject({ field: "size", code: "SIZE_NOT_LEGAL" });
    expect(checkTextModel("gpt-nonsense")).toMatchObject([{ field: "model", code: "UNKNOWN_MODEL" }]);
    expect(checkTextModel("gpt-6-luna")).toEqual([]);
  });
});
