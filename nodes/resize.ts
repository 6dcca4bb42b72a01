import * as z from "zod";
import { defineNode, LIMITS, type ResizeTarget } from "#lib/sdk/index.ts";

type Size = Pick<ResizeTarget, "width" | "height" | "density">;

/** Sizes the platforms ask for, in pixels; paper at 300 dots per inch. Platforms change: check theirs before a campaign. */
const PRESETS = {
  "instagram-square": { width: 1080, height: 1080 },
  "instagram-portrait": { width: 1080, height: 1350 },
  "instagram-landscape": { width: 1080, height: 566 },
  story: { width: 1080, height: 1920 },
  "x-post": { width: 1600, height: 900 },
  "x-header": { width: 1500, height: 500 },
  linkedin: { width: 1200, height: 627 },
  facebook: { width: 1200, height: 630 },
  pinterest: { width: 1000, height: 1500 },
  "youtube-thumb": { width: 1280, height: 720 },
  "open-graph": { width: 1200, height: 630 },
  "full-hd": { width: 1920, height: 1080 },
  "ultra-hd": { width: 3840, height: 2160 },
  "a5-300dpi": { width: 1748, height: 2480, density: 300 },
  "a4-300dpi": { width: 2480, height: 3508, density: 300 },
  "a3-300dpi": { width: 3508, height: 4961, density: 300 },
  "letter-300dpi": { width: 2550, height: 3300, density: 300 },
} satisfies Record<string, Size>;

const PresetName = z.enum(Object.keys(PRESETS) as [keyof typeof PRESETS]);
const Fit = z.enum(["cover", "contain", "pad", "attention"]);
const Color = z
  .string()
  .regex(/^(#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}))?$/i, "write a color like #ffffff, or #ffffff00 for none");

const Target = z.object({
  name: z
    .string()
    .min(1)
    .max(80)
    .meta({ title: "Name", description: "The label of this rendition", examples: ["square"] }),
  width: z
    .int()
    .min(1)
    .meta({ title: "Width", unit: "px", examples: [1080] }),
  height: z
    .int()
    .min(1)
    .meta({ title: "Height", unit: "px", examples: [1080] }),
  fit: Fit.default("cover").meta({ title: "Fit" }),
  background: Color.optional().meta({ title: "Background", description: "Around a padded picture", control: "color" }),
  density: z
    .number()
    .min(1)
    .max(2400)
    .optional()
    .meta({ title: "Density", description: "Dots per inch, for print", unit: "dpi" }),
});

const isTooLarge = ({ width, height }: Size): boolean =>
  width * height > LIMITS.pixels || Math.max(width, height) > LIMITS.sidePixels;

export default defineNode({
  type: "resize",
  version: 1,
  title: "Resize",
  group: "image",
  icon: "scaling",
  docs: [
    "One picture in, one rendition per target out, each labelled with its target's name. Sizes in pixels; *density* in dots per inch is written for print.",
    "",
    "- **cover** fills the frame and crops what stands out, around the middle; **attention** crops around what catches the eye.",
    "- **contain** fits inside and keeps everything: the result may be narrower or lower than the target.",
    "- **pad** fits inside and fills up to the exact size with *background* (left out: transparent where the picture has transparency, else white).",
    "",
    "*Preset* names common sizes, alone or beside own targets; presets use the *fit* and *background* of the node. A target of the picture's own size",
    "gives the very same picture. At most 50 million pixels and 16,384 on a side.",
  ].join("\n"),
  effect: "pure",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: { image: { kind: "image", title: "Images" } },
  config: z.object({
    targets: z.array(Target).max(32).default([]).meta({ title: "Targets", description: "Named sizes, in pixels" }),
    preset: z
      .union([PresetName, z.array(PresetName)])
      .default([])
      .meta({ title: "Presets", description: "Sizes for social media, web and print" }),
    fit: Fit.default("cover").meta({ title: "Fit of presets" }),
    background: Color.optional().meta({ title: "Background of presets", control: "color" }),
  }),
  check(config) {
    if (config.targets.length === 0 && config.preset.length === 0) {
      return [{ code: "TARGET_MISSING", field: "targets", message: "Add a target or choose a preset." }];
    }
    return config.targets.flatMap((target, index) =>
      isTooLarge(target)
        ? [
            {
              code: "OUTPUT_TOO_LARGE",
              field: `targets.${index}`,
              message: `"${target.name}" is ${target.width} × ${target.height}: at most 50 million pixels and 16,384 on a side.`,
            },
          ]
        : [],
    );
  },
  expands: ({ targets, preset }) => targets.length + [preset].flat().length,
  async run(ctx, { image }, { targets, preset, fit, background }) {
    const presets = [preset].flat().map((name) => ({ name, ...(PRESETS[name] as Size), fit, background }));
    const wanted: ResizeTarget[] = [...targets, ...presets].map((target) => ({
      ...target,
      background: target.background || undefined,
    }));
    return { image: await ctx.images.resize(image, wanted) };
  },
  examples: [
    {
      name: "a landscape becomes a square and a strip from one decode",
      config: {
        targets: [
          { name: "square", width: 32, height: 32 },
          { name: "strip", width: 48, height: 16, fit: "pad", background: "#000000" },
        ],
      },
      inputs: { image: "@landscape" },
      gives: {
        image: [
          { kind: "image", width: 32, height: 32, label: "square" },
          { kind: "image", width: 48, height: 16, label: "strip" },
        ],
      },
    },
    {
      name: "contain keeps everything and may be smaller",
      config: { targets: [{ name: "inside", width: 48, height: 48, fit: "contain" }] },
      inputs: { image: "@landscape" },
      gives: { image: [{ kind: "image", width: 48, height: 32, label: "inside" }] },
    },
    {
      name: "a preset by name",
      config: { preset: "x-post" },
      inputs: { image: "@landscape" },
      gives: { image: [{ kind: "image", width: 1600, height: 900, label: "x-post" }] },
    },
    {
      name: "GR-022 a target beyond 50 million pixels is refused",
      config: { targets: [{ name: "wall", width: 100_000, height: 100_000 }] },
      inputs: { image: "@landscape" },
      gives: {},
      fails: "OUTPUT_TOO_LARGE",
    },
  ],
});
