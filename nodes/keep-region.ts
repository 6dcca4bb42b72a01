import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "keep-region",
  version: 1,
  title: "Keep region",
  group: "image",
  icon: "combine",
  docs: [
    "*This part from take A, that part from take B*, without a model call: **from** inside the mask, **base** outside. Outside mask and feather the base's",
    "pixels are kept exactly. The result continues the **base's** conversation.",
    "",
    "The mask must have the base's size; *from* is brought to it. *Feather* is the soft edge in pixels, centred on the mask's edge.",
  ].join("\n"),
  effect: "pure",
  inputs: {
    base: { kind: "image", title: "Base" },
    from: { kind: "image", title: "From" },
    mask: { kind: "mask", title: "Mask", description: "White: taken from the other picture" },
  },
  outputs: { image: { kind: "image", title: "Image" } },
  config: z.object({
    feather: z
      .number()
      .min(0)
      .max(512)
      .default(8)
      .meta({ title: "Feather", description: "Soft edge in pixels, centred on the mask's edge", unit: "px" }),
  }),
  async run(ctx, { base, from, mask }, { feather }) {
    return { image: await ctx.images.keepRegion(base, from, mask, feather) };
  },
  examples: [
    {
      name: "the middle from another take; the base's turn stays",
      config: { feather: 4 },
      inputs: { base: "@drawn", from: "@other", mask: "@mask" },
      gives: ({ image }) => {
        const picture = image?.[0];
        if (picture?.kind !== "image" || !picture.turn) return "the base's turn should stay";
        return picture.asset !== picture.turn.asset || "the middle should have changed";
      },
    },
    {
      name: "the same picture twice changes nothing",
      inputs: { base: "@drawn", from: "@landscape", mask: "@mask" },
      gives: { image: ["@drawn"] },
    },
    {
      name: "a mask of another size is refused",
      inputs: { base: "@square", from: "@other", mask: "@mask" },
      gives: {},
      fails: "MASK_SIZE_MISMATCH",
    },
  ],
});
