import type { Mark } from "../protocol/marks.ts";
import type { AssetId, FileValue, ImageValue, MaskValue } from "../protocol/values.ts";
import type { Measurement } from "./measure.ts";
import type { MeasuredCheck } from "./measured-check.ts";

export type Fit = "cover" | "contain" | "pad" | "attention";
/** One rendition. Sizes in pixels; `density` in dots per inch is written into the file where the format can hold it. */
export type ResizeTarget = {
  name: string;
  width: number;
  height: number;
  fit: Fit;
  background?: string;
  density?: number;
};

/** Tone and colour. Every number: 0 leaves the picture as it is. Ranges: exposure ±5 (stops), others ±100, gamma ±1. */
export type Grade = {
  exposure: number;
  contrast: number;
  saturation: number;
  temperature: number;
  tint: number;
  gamma: number;
  blacks: number;
  whites: number;
  curve: [number, number][];
  lut?: AssetId;
  match?: ImageValue;
  matchStrength: number;
};

export const ANCHORS = [
  "top-left",
  "top",
  "top-right",
  "left",
  "center",
  "right",
  "bottom-left",
  "bottom",
  "bottom-right",
] as const;
export type Anchor = (typeof ANCHORS)[number];

/** Text and/or a logo over a picture. `margin`, `size` in pixels; `scale` = logo width as a share of the picture's width. */
export type Overlay = {
  text?: string;
  logo?: ImageValue;
  font: string;
  size: number;
  color: string;
  anchor: Anchor;
  margin: number;
  opacity: number;
  scale: number;
  safeArea: number;
};

/** `points` in image pixels; `radius` in pixels; `hardness` 0–1; `erase` removes. Lasso strokes are filled. */
export type Stroke = {
  tool: "brush" | "lasso" | "rect" | "wand";
  points: [number, number, number?][];
  radius?: number;
  hardness?: number;
  tolerance?: number;
  erase?: boolean;
};

/** Order is fixed: shape, invert, grow, feather; fractions round outwards. `rect` in 0–1 of the picture. */
export type MaskShape = {
  source: "paint" | "rect" | "ellipse" | "color" | "alpha" | "asset";
  strokes?: Stroke[];
  rect?: { x: number; y: number; w: number; h: number };
  color?: string;
  tolerance?: number;
  asset?: AssetId;
  grow: number;
  feather: number;
  invert: boolean;
};

export type Encoding = {
  format: "png" | "jpeg" | "webp" | "avif";
  quality: number;
  maxBytes?: number;
  metadata: "none" | "basic" | "full";
};

/**
 * Pixel work, handed to nodes as `ctx.images`. Every result keeps the turn, label and role of the picture it came from; when not a
 * single pixel changes the very same value comes back, so a thread stays untouched. Throws StepError with a code that
 * names what is wrong (MASK_SIZE_MISMATCH, OUTPUT_TOO_LARGE, BYTE_BUDGET …).
 */
export type ImageTools = {
  /** The image value of stored bytes (dimensions after orientation). */
  load(asset: AssetId, about?: { role?: string; note?: string; label?: string }): Promise<ImageValue>;
  /** Many renditions from one decode, in the order of `targets`; each is labelled with its target's name. */
  resize(image: ImageValue, targets: ResizeTarget[]): Promise<ImageValue[]>;
  upscale(
    image: ImageValue,
    to: { width: number; height: number; kernel: "lanczos3" | "mitchell" | "nearest" },
  ): Promise<ImageValue>;
  grade(image: ImageValue, grade: Grade): Promise<ImageValue>;
  overlay(image: ImageValue, overlay: Overlay): Promise<ImageValue>;
  /**
   * Marks drawn over a picture as an instruction: `image` has them in its pixels (and names the layer and the picture without them, for models
   * that take them apart), `layer` is the marks alone. Without a mark that shows: the very same picture, and no layer.
   */
  markup(image: ImageValue, marks: readonly Mark[]): Promise<{ image: ImageValue; layer?: ImageValue }>;
  mask(image: ImageValue, shape: MaskShape): Promise<MaskValue>;
  /** `from` inside the mask, `base` outside; result keeps the base's turn. `feather` px, centred on the edge. */
  keepRegion(base: ImageValue, from: ImageValue, mask: MaskValue, feather: number): Promise<ImageValue>;
  /**
   * Strict lock: `drawn` is brought to `original`'s size, then original pixels are put back outside mask and feather
   * (byte-identical there). `drift` = share of pixels outside mask and feather that `drawn` had changed, 0–1.
   */
  lock(
    original: ImageValue,
    drawn: ImageValue,
    mask: MaskValue,
    feather: number,
  ): Promise<{ image: ImageValue; drift: number }>;
  encode(image: ImageValue, encoding: Encoding): Promise<FileValue>;
  /**
   * One measured check on one picture; changes nothing. `references`: what `similarity` compares with (throws StepError REFERENCE_MISSING without one).
   * `reading`: what a judge read in the picture, for `text`; left out, a local reader is asked (throws TEXT_UNREAD where there is none). Estimates
   * read no byte: every demand counts as met.
   */
  measure(image: ImageValue, check: MeasuredCheck, about?: MeasureFacts): Promise<Measurement>;
  /** The lettering of a picture as a local reader sees it; undefined where there is none, and in estimates: then the judge has to read it. */
  readText(image: ImageValue): Promise<string | undefined>;
};

/** What a measured check needs besides the picture. */
export type MeasureFacts = { references?: readonly ImageValue[]; reading?: string };
