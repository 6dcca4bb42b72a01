import * as z from "zod";
import { drawProblems, type SettingProblem, textModelProblems } from "../protocol/draw-rules.ts";
import { DEFAULTS, IMAGE_MODELS, TEXT_MODELS } from "../protocol/model-table.ts";
import type { DrawSettings } from "./model-tools.ts";

const priced = (models: readonly { id: string; price?: object; shutdown?: string }[]): string[] =>
  models.filter((model) => model.price && !model.shutdown).map((model) => model.id);

/** What nodes that talk, judge or draw start with. */
export const TEXT_MODEL = DEFAULTS.text;
export const JUDGE_MODEL = DEFAULTS.judge;
export const IMAGE_MODEL = DEFAULTS.image;

/** A setting that names a text model; `examples` of its JSON Schema lists the ones on offer. */
export const textModelSetting = (title: string, description: string, fallback: string = TEXT_MODEL) =>
  z
    .string()
    .default(fallback)
    .meta({ title, description, control: "model", examples: priced(TEXT_MODELS) });

/** Settings every drawing node shares: spread them into a node's `config` (names and defaults are the graph document's). */
export const drawConfig = {
  lane: z.enum(["conversation", "oneshot"]).default("conversation").meta({
    title: "Lane",
    description:
      "conversation: the picture becomes a turn that later edits continue. oneshot: no memory, the exact prompt.",
  }),
  model: textModelSetting(
    "Text model",
    "Holds the conversation and words the final prompt. Not used in the one-shot lane.",
  ).meta({ when: { lane: "conversation" } }),
  imageModel: z
    .string()
    .default(IMAGE_MODEL)
    .meta({
      title: "Image model",
      description: "flare is fast and for every day, sunburst for precise edits. A dated name pins a snapshot.",
      control: "image-model",
      examples: priced(IMAGE_MODELS),
    }),
  variants: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .meta({ title: "Variants", description: "How many pictures to draw from the same words." }),
  size: z
    .string()
    .default("auto")
    .meta({
      title: "Size",
      description:
        "auto or WIDTHxHEIGHT in pixels: multiples of 16, at most 3840 a side and 3:1, 655,360 to 8,294,400 pixels in all.",
      control: "size",
      examples: ["auto", "1024x1024", "1536x1024", "1024x1536", "2048x2048", "2048x1152", "3840x2160", "2160x3840"],
    }),
  quality: z.enum(["auto", "low", "medium", "high", "xhigh", "max"]).default("auto").meta({
    title: "Quality",
    description: "More quality costs more and takes longer. xhigh and max need a 2.5 or 2.6 model.",
  }),
  background: z
    .enum(["auto", "opaque", "transparent"])
    .default("auto")
    .meta({ title: "Background", description: "transparent needs png or webp." }),
  format: z.enum(["png", "jpeg", "webp"]).default("png").meta({
    title: "Format",
    description: "The file the model gives. jpeg arrives sooner than png.",
  }),
  compression: z.int().min(0).max(100).optional().meta({
    title: "Compression",
    description: "0 to 100, for jpeg and webp only; 100 keeps the most.",
  }),
  partials: z.int().min(0).max(3).default(2).meta({
    title: "Partial pictures",
    description: "Unfinished pictures shown while the model draws. They change nothing about the result.",
    notKeyed: true,
  }),
  moderation: z
    .enum(["auto", "low"])
    .default("auto")
    .meta({ title: "Moderation", description: "How strictly the provider filters." }),
};

/** The part of a drawing node's config that says how to draw, for `ctx.model.draw`. */
export const drawSettings = (config: DrawSettings & { variants?: number }): DrawSettings => ({
  lane: config.lane,
  model: config.model,
  imageModel: config.imageModel,
  size: config.size,
  quality: config.quality,
  background: config.background,
  format: config.format,
  ...(config.compression === undefined ? {} : { compression: config.compression }),
  partials: config.partials,
  moderation: config.moderation,
});

/** What the chosen models cannot draw, for a node's `check`; a problem without `level` is an error. */
export const checkDraw = (config: DrawSettings, now?: number): SettingProblem[] => drawProblems(config, now);

/** What is wrong with a text model named in the setting `field`, for the `check` of nodes that talk or judge. */
export const checkTextModel = (model: string, field = "model", now?: number): SettingProblem[] =>
  model.includes("{{") ? [] : textModelProblems(model, field, false, now);
