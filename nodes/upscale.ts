import * as z from "zod";
import { defineNode, LIMITS } from "#lib/sdk/index.ts";

/** Sixteen times 1024 is the longest side there may be; a larger factor is a slip of the keyboard. */
const SCALE = 16;

export default defineNode({
  type: "upscale",
  version: 1,
  title: "Upscale",
  group: "image",
  icon: "maximize-2",
  docs: [
    "Makes a picture larger for print, without a model: no detail is invented.",
    "",
    "*Scale* multiplies both sides. *Width* or *height* in pixels take its place: one alone keeps the proportions, both together are met exactly.",
    "**lanczos3** is sharp, **mitchell** softer with fewer halos, **nearest** keeps hard pixels. At most 50 million pixels and 16,384 on a side.",
  ].join("\n"),
  effect: "pure",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: { image: { kind: "image", title: "Image" } },
  config: z.object({
    scale: z.number().min(1).default(2).meta({ title: "Scale", description: "Times as wide and high", unit: "×" }),
    width: z.int().min(1).optional().meta({ title: "Width", description: "Pixels, in place of scale", unit: "px" }),
    height: z.int().min(1).optional().meta({ title: "Height", description: "Pixels, in place of scale", unit: "px" }),
    kernel: z
      .enum(["lanczos3", "mitchell", "nearest"])
      .default("lanczos3")
      .meta({ title: "Kernel", description: "How new pixels are computed" }),
  }),
  check({ scale, width = 1, height = 1 }) {
    const tooLarge = (field: string, what: string) => ({
      code: "OUTPUT_TOO_LARGE",
      field,
      message: `${what} is too large: at most ${SCALE} times, 50 million pixels and 16,384 on a side.`,
    });
    const asked = width > 1 || height > 1;
    if (!asked && scale > SCALE) return [tooLarge("scale", `A scale of ${scale}`)];
    if (width > LIMITS.sidePixels || width * height > LIMITS.pixels) return [tooLarge("width", `${width} × ${height}`)];
    return height > LIMITS.sidePixels ? [tooLarge("height", `A height of ${height}`)] : [];
  },
  async run(ctx, { image }, { scale, width, height, kernel }) {
    const factor = width ? width / image.width : height ? height / image.height : scale;
    const to = {
      width: width ?? Math.max(1, Math.round(image.width * factor)),
      height: height ?? Math.max(1, Math.round(image.height * factor)),
      kernel,
    };
    return { image: await ctx.images.upscale(image, to) };
  },
  examples: [
    {
      name: "twice as large",
      inputs: { image: "@square" },
      gives: { image: [{ kind: "image", width: 128, height: 128 }] },
    },
    {
      name: "a width alone keeps the proportions",
      config: { width: 240 },
      inputs: { image: "@landscape" },
      gives: { image: [{ kind: "image", width: 240, height: 160 }] },
    },
    {
      name: "GR-022 a factor of 1000 is refused",
      config: { scale: 1000 },
      inputs: { image: "@square" },
      gives: {},
      fails: "OUTPUT_TOO_LARGE",
    },
  ],
});
