import * as z from "zod";
import { AssetId, defineNode, type Outputs } from "#lib/sdk/index.ts";

const amount = (limit: number, title: string, description: string, unit?: string) =>
  z
    .number()
    .min(-limit)
    .max(limit)
    .default(0)
    .meta({ title, description, control: "slider", ...(unit ? { unit } : {}) });
const Share = z.number().min(0).max(1);

/** The picture's asset when it still is the very picture its turn drew. */
const untouched = ({ image }: Outputs): boolean =>
  image?.[0]?.kind === "image" && image[0].turn !== undefined && image[0].asset === image[0].turn.asset;

export default defineNode({
  type: "grade",
  version: 1,
  title: "Grade",
  group: "image",
  icon: "sliders-horizontal",
  docs: [
    "Tone and colour, without a model. Every number: 0 leaves the picture as it is, and a grade that changes nothing gives back the very same picture.",
    "",
    "- **Exposure** in stops, ±5. **Contrast, saturation, temperature** (+ warmer), **tint** (+ magenta), **blacks, whites** ±100. **Gamma** ±1 (+ lighter middle tones).",
    "- **Curve**: points `[in, out]`, 0–1, joined smoothly without overshoot.",
    "- **LUT**: a stored .cube table, 1D or 3D.",
    "- A picture wired to **match** lends its tone and colour (means and spread in OKLab), as far as *match strength* says, in percent.",
    "",
    "Order: exposure, temperature and tint as light; blacks and whites, contrast, gamma, curve; saturation; LUT; match. Transparency stays.",
  ].join("\n"),
  effect: "pure",
  inputs: {
    image: { kind: "image", title: "Image" },
    match: { kind: "image", optional: true, title: "Match", description: "A picture whose look to take on" },
  },
  outputs: { image: { kind: "image", title: "Image" } },
  config: z.object({
    exposure: amount(5, "Exposure", "Stops of light", "stops"),
    contrast: amount(100, "Contrast", "−100 flat grey, +100 hard"),
    saturation: amount(100, "Saturation", "−100 black and white, +100 twice as colourful"),
    temperature: amount(100, "Temperature", "− cooler, + warmer"),
    tint: amount(100, "Tint", "− greener, + more magenta"),
    gamma: amount(1, "Gamma", "− darker, + lighter middle tones"),
    blacks: amount(100, "Blacks", "− deeper, + lifted shadows"),
    whites: amount(100, "Whites", "− softer, + brighter lights"),
    curve: z
      .array(z.tuple([Share, Share]))
      .max(64)
      .default([])
      .meta({ title: "Curve", description: "Points [in, out], 0–1", control: "curve" }),
    lut: AssetId.optional().meta({ title: "LUT", description: "A stored .cube table", control: "lut" }),
    matchStrength: z.number().min(0).max(100).default(100).meta({
      title: "Match strength",
      description: "Percent; counts when a picture is wired to match",
      control: "slider",
      unit: "%",
    }),
  }),
  async run(ctx, { image, match }, config) {
    return { image: await ctx.images.grade(image, { ...config, match }) };
  },
  examples: [
    {
      name: "all settings at zero give the very same picture, and its conversation goes on",
      inputs: { image: "@drawn" },
      gives: (outputs) => untouched(outputs) || "the picture should not have changed",
    },
    {
      name: "one stop brighter is another picture of the same turn",
      config: { exposure: 1 },
      inputs: { image: "@drawn" },
      gives: (outputs) => {
        const picture = outputs.image?.[0];
        if (picture?.kind !== "image" || !picture.turn) return "the turn should stay";
        return !untouched(outputs) || "the picture should have changed";
      },
    },
    {
      name: "a look-up table",
      config: { lut: "@cube" },
      inputs: { image: "@landscape" },
      gives: { image: [{ kind: "image", width: 96, height: 64 }] },
    },
    {
      name: "the look of another picture, half way",
      config: { matchStrength: 50 },
      inputs: { image: "@square", match: "@other" },
      gives: { image: [{ kind: "image", width: 64, height: 64 }] },
    },
  ],
});
