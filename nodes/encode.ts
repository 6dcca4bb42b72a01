import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "encode",
  version: 1,
  title: "Encode",
  group: "output",
  icon: "file-image",
  docs: [
    "Makes a delivery file: **png** (exact), **jpeg** (no transparency: white shows through), **webp** or **avif** (small).",
    "",
    "*Quality* 1–100 for all but png. *Max bytes* is a budget: the highest quality that fits is found in a few tries; png then counts its colours down. When",
    "nothing fits, the step fails and names the smallest size there is.",
    "",
    "*Metadata* **none** leaves nothing in the file, **basic** an sRGB profile and the print density, **full** also the EXIF and XMP of the source picture.",
  ].join("\n"),
  effect: "pure",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: { file: { kind: "file", title: "File" } },
  config: z.object({
    format: z.enum(["png", "jpeg", "webp", "avif"]).default("png").meta({ title: "Format" }),
    quality: z.int().min(1).max(100).default(90).meta({ title: "Quality", description: "1–100; png is always exact" }),
    maxBytes: z
      .int()
      .min(1)
      .optional()
      .meta({ title: "Max bytes", description: "The file may not be larger", unit: "bytes" }),
    metadata: z
      .enum(["none", "basic", "full"])
      .default("basic")
      .meta({ title: "Metadata", description: "What is written beside the pixels" }),
  }),
  async run(ctx, { image }, config) {
    return { file: await ctx.images.encode(image, config) };
  },
  examples: [
    {
      name: "a webp for the web",
      config: { format: "webp", quality: 80 },
      inputs: { image: "@landscape" },
      gives: { file: [{ kind: "file", mediaType: "image/webp", extension: "webp" }] },
    },
    {
      name: "a jpeg within a byte budget",
      config: { format: "jpeg", maxBytes: 1500 },
      inputs: { image: "@landscape" },
      gives: ({ file }) => {
        const made = file?.[0];
        return (made?.kind === "file" && made.bytes <= 1500) || "the file should keep to its budget";
      },
    },
    {
      name: "a budget that no quality meets is refused",
      config: { format: "jpeg", maxBytes: 20 },
      inputs: { image: "@landscape" },
      gives: {},
      fails: "BYTE_BUDGET",
    },
  ],
});
