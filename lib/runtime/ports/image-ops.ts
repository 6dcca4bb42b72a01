import type { Mark } from "../../protocol/marks.ts";
import type { Encoding, Grade, MaskShape, Overlay, ResizeTarget } from "../../sdk/image-tools.ts";
import type { Fingerprint } from "../../sdk/likeness.ts";

export type { Fingerprint };

export type PictureInfo = {
  width: number;
  height: number;
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  hasAlpha: boolean;
};
export type Picture = { bytes: Buffer; width: number; height: number; mediaType: string };
/** `undefined` where not a single pixel would change. */
export type Changed = Picture | undefined;
/** Marks over a picture. `layer`: the marks alone, transparent elsewhere; `clear`: it has transparent pixels. */
export type Marked = { flat: Picture; layer: Picture; clear: boolean };

/** `channel`: the picture can be transparent at all; `transparent`: share of its pixels that are not fully opaque, 0–1. */
export type Transparency = { channel: boolean; transparent: number };

/** How much of a picture is in given colors. */
export type PaletteCover = {
  /** Share of the visible pixels within the allowed difference of one of the colors; 0 when none is visible. */
  coverage: number;
  /** Pixels that were counted: those at least half opaque. */
  visible: number;
  /** The most common color that is none of the palette's (mean of its pixels), and its share of the visible pixels. */
  stray?: { color: string; share: number };
};

/** Pixel work on bytes, by value; hardened against hostile files. Throws StepError with IMAGE_* codes. */
export type ImageOps = {
  /** Header, chunk and full-decode checks of foreign bytes; no pixels kept. Codes: EMPTY_FILE, UNSUPPORTED_IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS, IMAGE_SIDE_TOO_LONG, IMAGE_CORRUPT, IMAGE_METADATA_TOO_LARGE. */
  inspect(bytes: Uint8Array): Promise<PictureInfo>;
  /** An upload made safe: oriented, 8-bit sRGB(A), re-encoded by us, metadata dropped. PNG/JPEG/WebP in, same family out. */
  normalise(bytes: Uint8Array): Promise<Picture>;
  resize(bytes: Buffer, targets: ResizeTarget[]): Promise<Changed[]>;
  upscale(
    bytes: Buffer,
    to: { width: number; height: number; kernel: "lanczos3" | "mitchell" | "nearest" },
  ): Promise<Changed>;
  grade(bytes: Buffer, grade: Omit<Grade, "match" | "lut">, more: { match?: Buffer; lut?: string }): Promise<Changed>;
  overlay(bytes: Buffer, overlay: Omit<Overlay, "logo">, logo?: Buffer): Promise<Changed>;
  /** undefined when no mark shows. Throws MARKUP_TOO_COMPLEX. */
  marks(bytes: Buffer, marks: readonly Mark[]): Promise<Marked | undefined>;
  /** 8-bit greyscale PNG of the picture's size, 255 = change. */
  mask(bytes: Buffer, shape: Omit<MaskShape, "asset">, maskBytes?: Buffer): Promise<Picture>;
  keepRegion(base: Buffer, from: Buffer, mask: Buffer, feather: number): Promise<Changed>;
  lock(original: Buffer, drawn: Buffer, mask: Buffer, feather: number): Promise<{ picture: Changed; drift: number }>;
  /** Greyscale mask → provider-ready PNG (alpha 0 = change), < 4 MB. */
  alphaMask(mask: Buffer): Promise<Buffer>;
  encode(bytes: Buffer, encoding: Encoding): Promise<Picture & { extension: string }>;
  /** A small preview (webp), longest side `width`. */
  thumbnail(bytes: Buffer, width: number): Promise<Picture>;
  transparency(bytes: Buffer): Promise<Transparency>;
  /** Variance of the Laplacian of the luma in levels², at 1,024 px a side at most. */
  sharpness(bytes: Buffer): Promise<number>;
  /** `colors` are hex; `maxDeltaE` in CIEDE2000. Throws COLOR_INVALID. */
  paletteCover(bytes: Buffer, colors: readonly string[], maxDeltaE: number): Promise<PaletteCover>;
  /** What `likenessOf` compares. */
  fingerprint(bytes: Buffer): Promise<Fingerprint>;
  /** A plain greyscale PNG on white, longest side at most 2,048 px, for a program that reads text. */
  legible(bytes: Buffer): Promise<Buffer>;
  /** Reads a .cube table as `grade` will. Throws LUT_INVALID naming the line. */
  checkLut(text: string): Promise<{ cubic: boolean; size: number }>;
};
