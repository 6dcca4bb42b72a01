import * as z from "zod";
import { AssetId, defineNode, type MaskShape } from "#lib/sdk/index.ts";

const Share = z.number().min(0).max(1);
const Stroke = z.object({
  tool: z.enum(["brush", "lasso", "rect", "wand"]),
  points: z.array(z.tuple([z.number(), z.number(), z.number().optional()])).max(20_000),
  radius: z.number().positive().max(2048).optional(),
  hardness: Share.optional(),
  tolerance: z.number().min(0).max(255).optional(),
  erase: z.boolean().optional(),
});
const StoredMask = z.union([AssetId, z.object({ asset: AssetId }).transform(({ asset }) => asset)]);

/** Sources that cannot draw anything without the setting of the same meaning. */
const NEEDS: Partial<Record<MaskShape["source"], "rect" | "color" | "asset">> = {
  rect: "rect",
  ellipse: "rect",
  color: "color",
  asset: "asset",
};

export default defineNode({
  type: "mask",
  version: 1,
  title: "Mask",
  group: "image",
  icon: "square-dashed",
  docs: [
    "Marks the part of a picture that may change: **white is the part to change**, black stays. The mask has the picture's size in pixels.",
    "",
    "- **paint**: brush, lasso, rectangle and magic wand strokes, each adding or erasing, in image pixels. A third number of a brush point is pen pressure.",
    "- **rect**, **ellipse**: a box in shares of the picture, 0–1, from its top left corner.",
    "- **color**: everywhere the colour is near; *tolerance* in levels of 0–255 per channel.",
    "- **alpha**: the picture's own opacity (opaque is white); with *invert* the transparent part.",
    "- **asset**: a stored black and white picture of the same size.",
    "",
    "Order: shape, *invert*, *grow*, *feather*. Grow in pixels, negative shrinks. Feather in pixels, centred on the edge. Fractions round outwards.",
  ].join("\n"),
  effect: "pure",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: { mask: { kind: "mask", title: "Mask" } },
  config: z.object({
    source: z
      .enum(["paint", "rect", "ellipse", "color", "alpha", "asset"])
      .default("paint")
      .meta({ title: "Source", description: "What the mask is made from" }),
    strokes: z
      .array(Stroke)
      .max(2000)
      .default([])
      .meta({ title: "Strokes", control: "mask-painter", when: { source: "paint" } }),
    rect: z
      .object({
        x: Share.meta({ title: "Left" }),
        y: Share.meta({ title: "Top" }),
        w: Share.positive().meta({ title: "Width" }),
        h: Share.positive().meta({ title: "Height" }),
      })
      .optional()
      .meta({
        title: "Box",
        description: "In shares of the picture, from its top left corner",
        when: { source: ["rect", "ellipse"] },
        examples: [{ x: 0.25, y: 0.25, w: 0.5, h: 0.5 }],
      }),
    color: z
      .string()
      .regex(/^(#([0-9a-f]{3}|[0-9a-f]{6}))?$/i, "write a color like #ff8800")
      .optional()
      .meta({ title: "Color", description: "The colour to find", control: "color", when: { source: "color" } }),
    tolerance: z
      .number()
      .min(0)
      .max(255)
      .default(32)
      .meta({ title: "Tolerance", description: "Levels of 0–255 a channel may differ", when: { source: "color" } }),
    asset: StoredMask.optional().meta({
      title: "Stored mask",
      description: "A black and white picture of the same size",
      control: "asset",
      when: { source: "asset" },
    }),
    grow: z
      .number()
      .min(-512)
      .max(512)
      .default(0)
      .meta({ title: "Grow", description: "Pixels; negative shrinks", unit: "px" }),
    feather: z
      .number()
      .min(0)
      .max(512)
      .default(0)
      .meta({ title: "Feather", description: "Soft edge in pixels, centred on the mask's edge", unit: "px" }),
    invert: z.boolean().default(false).meta({ title: "Invert", description: "Swap what changes and what stays" }),
  }),
  check(config) {
    const needed = NEEDS[config.source];
    if (!needed || config[needed]) return [];
    const message = `A mask made from ${config.source} needs the setting ${needed}.`;
    return [{ code: "MASK_SHAPE_MISSING", field: needed, message }];
  },
  async run(ctx, { image }, config) {
    return { mask: await ctx.images.mask(image, { ...config, color: config.color || undefined }) };
  },
  examples: [
    {
      name: "the upper half of a picture",
      config: { source: "rect", rect: { x: 0, y: 0, w: 1, h: 0.5 } },
      inputs: { image: "@landscape" },
      gives: { mask: [{ kind: "mask", width: 96, height: 64 }] },
    },
    {
      name: "a brush stroke with a soft edge",
      config: {
        strokes: [
          {
            tool: "brush",
            points: [
              [20, 20],
              [60, 30],
            ],
            radius: 8,
            hardness: 0.5,
          },
        ],
        feather: 4,
      },
      inputs: { image: "@landscape" },
      gives: { mask: [{ kind: "mask", width: 96, height: 64 }] },
    },
    {
      name: "a stored mask of the same size",
      config: { source: "asset", asset: "@mask" },
      inputs: { image: "@landscape" },
      gives: { mask: [{ kind: "mask", width: 96, height: 64 }] },
    },
    {
      name: "a stored mask of another size is refused",
      config: { source: "asset", asset: "@mask" },
      inputs: { image: "@portrait" },
      gives: {},
      fails: "MASK_SIZE_MISMATCH",
    },
  ],
});
