import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { makePicture } from "#lib/adapters/simulator/answers/make-picture.ts";
import type { PictureOrder } from "#lib/adapters/simulator/answers/picture-order.ts";
import { measure, shareOf } from "#lib/adapters/simulator/paint/measure.ts";
import { hex } from "#lib/adapters/simulator/paint/raster/color.ts";
import { randomFrom } from "#lib/adapters/simulator/paint/raster/random.ts";
import { sceneFromWords } from "#lib/adapters/simulator/paint/words/scene-from-words.ts";

const order = (more: Partial<PictureOrder>): PictureOrder => ({
  seed: "a",
  prompt: "A lamp",
  instructions: "",
  earlier: [],
  base: null,
  mask: null,
  references: [],
  size: "1024x1024",
  background: "auto",
  format: "png",
  compression: null,
  frames: 9,
  frameMs: 200,
  ...more,
});
const scene = (prompt: string, context = "") => sceneFromWords(prompt, context, randomFrom("x"));

afterEach(() => sharp.unblock({ operation: ["VipsForeignLoad"] }));

describe("drawing", () => {
  it("is repeatable for a seed and differs between seeds", async () => {
    const [a, again, b] = await Promise.all([order({}), order({}), order({ seed: "b" })].map(makePicture));
    expect(Buffer.from(a!.bytes).equals(Buffer.from(again!.bytes))).toBe(true);
    expect(Buffer.from(a!.bytes).equals(Buffer.from(b!.bytes))).toBe(false);
  });

  it.each([
    ["png", "1536x1024"],
    ["jpeg", "1024x1536"],
    ["webp", "1440x480"],
  ] as const)("gives %s at %s", async (format, size) => {
    const { bytes } = await makePicture(order({ format, size, compression: format === "png" ? null : 80 }));
    const { width, height, format: actual } = await sharp(bytes).metadata();
    expect([actual, `${width}x${height}`]).toEqual([format, size]);
  });

  it("makes smaller files with more compression", async () => {
    const size = async (compression: number) =>
      (await makePicture(order({ format: "jpeg", compression }))).bytes.length;
    expect(await size(30)).toBeLessThan((await size(95)) / 2);
  });

  it("leaves the ground transparent when asked, and only then", async () => {
    const clear = await measure((await makePicture(order({ background: "transparent" }))).bytes);
    expect(clear.transparent).toBeGreaterThan(0.3);
    expect((await measure((await makePicture(order({}))).bytes)).transparent).toBe(0);
  });

  it("takes its colours from the words", async () => {
    const red = await measure((await makePicture(order({ prompt: "A red soda can in a studio" }))).bytes);
    expect(shareOf(red, hex("#d7263d"))).toBeGreaterThan(0.03);
    const sheet = await measure(
      (await makePicture(order({ prompt: "A soda can", instructions: "Palette: #0f9d6b" }))).bytes,
    );
    expect(shareOf(sheet, hex("#0f9d6b"))).toBeGreaterThan(0.03);
  });

  it("labels every picture, in the same place after an edit", async () => {
    const corner = { left: 24, top: 960, width: 150, height: 36 };
    const first = await makePicture(order({ prompt: "snow" }));
    const edited = await makePicture(order({ seed: "e", prompt: "make it night", base: first.bytes }));
    for (const { bytes } of [first, edited]) {
      const { channels } = await sharp(bytes).extract(corner).greyscale().stats();
      expect(channels[0]!.min).toBeLessThan(40);
      expect(channels[0]!.max).toBeGreaterThan(240);
    }
  });

  it("needs no loader but PNG, JPEG and WebP", async () => {
    sharp.block({ operation: ["VipsForeignLoad"] });
    sharp.unblock({
      operation: ["Png", "Jpeg", "Webp"].flatMap((name) => [`VipsForeignLoad${name}`, `VipsForeignLoad${name}Buffer`]),
    });
    const first = await makePicture(order({}));
    expect((await makePicture(order({ prompt: "make it night", base: first.bytes }))).bytes.length).toBeGreaterThan(
      1000,
    );
    expect((await makePicture(order({ format: "gif", size: "512x512", frames: 3 }))).bytes.length).toBeGreaterThan(
      1000,
    );
  });

  it("draws animated GIF and labelled SVG", async () => {
    const gif = await makePicture(order({ format: "gif", size: "512x512", frames: 4 }));
    expect(await sharp(gif.bytes, { pages: -1 }).metadata()).toMatchObject({ format: "gif", pages: 4 });
    const svg = await makePicture(order({ format: "svg", prompt: '"<script>" & more' }));
    const text = Buffer.from(svg.bytes).toString();
    expect(text).toContain("SIMULATED");
    expect(text).not.toContain("script");
  });
});

describe("reading a scene", () => {
  it("finds subject, place and layout", () => {
    expect(scene("A trail sneaker on a mountain ridge")).toMatchObject({
      subject: "shoe",
      backdrop: "hills",
      layout: "single",
    });
    expect(scene("comic page with a superhero")).toMatchObject({ layout: "comic", subject: "figure" });
    expect(scene("perfume bottle")).toMatchObject({ subject: "bottle", backdrop: "studio" });
  });

  it("leaves out what is not wanted", () => {
    expect(scene("A city street without cars, no snow").subject).toBeNull();
    expect(scene("A city street without cars, no snow").weather).toBeNull();
    expect(scene("A lamp\nAvoid: people, cats").subject).toBe("lamp");
  });

  it("remembers earlier turns where the prompt is silent", () => {
    expect(scene("Now from further away", "A perfume bottle in the desert")).toMatchObject({
      subject: "bottle",
      backdrop: "desert",
    });
  });

  it("takes quoted words or a named brand as lettering", () => {
    expect(scene('A banner that says "Run wild"').headline).toBe("Run wild");
    expect(scene("A poster for the brand Northwind").headline).toBe("Northwind");
    expect(scene("A poster for shoes").headline).toBeNull();
  });
});
