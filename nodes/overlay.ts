import * as z from "zod";
import { ANCHORS, defineNode, STEP_NAMES } from "#lib/sdk/index.ts";

export default defineNode({
  type: "overlay",
  version: 1,
  title: "Overlay",
  group: "image",
  icon: "stamp",
  docs: [
    "A logo, a legal line, or both over a picture; the logo stands above the text. Pixels under neither stay as they were.",
    "",
    "A wired **text** takes the place of the *text* setting, which may use `{{label}}`, `{{item}}`, `{{graph.name}}`, `{{run.date}}` … *Font* is a family",
    "installed where the run happens; an unknown one falls back to a sans. *Size* and *margin* in pixels, *scale* is the logo's width and *safe area* a border",
    "to keep free, both as shares (0–1) of the picture's width and of its shorter side. Long lines wrap.",
  ].join("\n"),
  effect: "pure",
  inputs: {
    image: { kind: "image", title: "Image" },
    logo: { kind: "image", optional: true, title: "Logo", description: "Best with transparency" },
    text: { kind: "text", optional: true, title: "Text" },
  },
  outputs: { image: { kind: "image", title: "Image" } },
  config: z.object({
    text: z
      .string()
      .max(2000)
      .default("")
      .meta({
        title: "Text",
        description: "Drawn when no text is wired",
        late: ["label", "item", ...STEP_NAMES],
        control: "template",
      }),
    font: z.string().max(120).default("sans").meta({ title: "Font", description: "Family, e.g. DejaVu Sans Bold" }),
    size: z
      .number()
      .min(1)
      .max(2000)
      .default(32)
      .meta({ title: "Size", description: "Height of the letters in pixels", unit: "px" }),
    color: z
      .string()
      .regex(/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i, "write a color like #ffffff")
      .default("#ffffff")
      .meta({ title: "Color", control: "color" }),
    anchor: z.enum(ANCHORS).default("bottom-right").meta({ title: "Anchor", description: "Where it stands" }),
    margin: z
      .int()
      .min(0)
      .max(4096)
      .default(24)
      .meta({ title: "Margin", description: "Pixels from the safe area", unit: "px" }),
    opacity: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({ title: "Opacity", description: "0 invisible, 1 solid", control: "slider" }),
    scale: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.2)
      .meta({ title: "Logo scale", description: "Share of the width", control: "slider" }),
    safeArea: z
      .number()
      .min(0)
      .max(0.45)
      .default(0)
      .meta({ title: "Safe area", description: "Border to keep free, a share of the shorter side" }),
  }),
  async run(ctx, { image, logo, text }, config) {
    const own = ctx.fill(config.text, { label: image.label, item: ctx.item.index + 1 });
    return { image: await ctx.images.overlay(image, { ...config, text: text?.text ?? own, logo }) };
  },
  examples: [
    {
      name: "a logo in the corner",
      config: { margin: 4, anchor: "top-left" },
      inputs: { image: "@landscape", logo: "@logo" },
      gives: ({ image }) => {
        const picture = image?.[0];
        if (picture?.kind !== "image" || picture.width !== 96) return "the size should stay";
        return picture.made.by === "local" || "the picture should have changed";
      },
    },
    {
      name: "a legal line from a wire",
      config: { size: 10, margin: 2, anchor: "bottom" },
      inputs: { image: "@square", text: { kind: "text", text: "© 2026 <Acme & Co>" } },
      gives: { image: [{ kind: "image", width: 64, height: 64, made: { by: "local" } }] },
    },
    {
      name: "nothing to draw gives the very same picture",
      inputs: { image: "@drawn" },
      gives: { image: ["@drawn"] },
    },
  ],
});
