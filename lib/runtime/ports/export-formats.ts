import type { Picture } from "./image-ops.ts";

/** How a picture is written anew. `size` = its longest side in pixels where it is larger; `quality` 1–100 of JPEG and WebP. */
export type Delivery = {
  format: "png" | "jpeg" | "webp";
  quality: number;
  size?: number;
  /** An XMP packet; without one the file keeps nothing but pixels, colour profile and, where the format has a place, density. */
  xmp?: string;
  /** Texts for a PNG, by keyword (1–79 Latin letters); other formats have no place for them. */
  texts?: { keyword: string; text: string }[];
};

/** Decoded pixels: 8-bit sRGB with straight alpha, 4 bytes each, row by row. */
export type RawPixels = { data: Uint8Array<ArrayBuffer>; width: number; height: number };

/** Pictures on their way out. Nothing of a source's own metadata comes along but its density. Throws StepError IMAGE_*. */
export type DeliveryWriter = {
  write(bytes: Buffer, delivery: Delivery): Promise<Picture & { extension: string }>;
  pixels(bytes: Buffer): Promise<RawPixels>;
  /** One byte per pixel, 255 = inside. */
  grey(bytes: Buffer): Promise<RawPixels>;
  /** A PNG of transparent pixels. */
  blank(width: number, height: number): Promise<Buffer>;
};

/** A layer, from the lowest up. `left` and `top` may be negative. */
export type PsdLayer = {
  name: string;
  pixels: RawPixels;
  left: number;
  top: number;
  hidden?: boolean;
  /** One byte per pixel of the layer, 255 = shown. `feather` in pixels. */
  mask?: { pixels: RawPixels; feather: number };
};
export type PsdDocument = {
  width: number;
  height: number;
  layers: PsdLayer[];
  /** How it looks as a whole. */
  flat: RawPixels;
  /** Words in a hidden layer of their own. */
  note?: { name: string; text: string };
  xmp?: string;
};

/** Layered documents. The pixels are given away: they are empty afterwards. Throws StepError PSD_FAILED. */
export type PsdWriter = { write(document: PsdDocument): Promise<Buffer>; close(): Promise<void> };
