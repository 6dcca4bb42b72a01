import type { Mark } from "../../protocol/marks.ts";
import type { Encoding, Grade, MaskShape, Overlay, ResizeTarget } from "../../sdk/image-tools.ts";

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
};
