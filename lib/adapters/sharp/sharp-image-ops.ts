import type { ImageOps } from "../../runtime/ports.ts";
import { cubeFacts } from "./cube-lut.ts";
import { encode, thumbnail } from "./encode.ts";
import { grade } from "./grade.ts";
import { inspect, normalise } from "./inspect.ts";
import { marks } from "./marks.ts";
import { alphaMask, mask } from "./mask-shape.ts";
import { fingerprint } from "./measure/fingerprint.ts";
import { legible } from "./measure/legible.ts";
import { paletteCover } from "./measure/palette-cover.ts";
import { sharpness } from "./measure/sharpness.ts";
import { transparency } from "./measure/transparency.ts";
import { overlay } from "./overlay.ts";
import { keepRegion, lock } from "./region.ts";
import { resize, upscale } from "./resize.ts";

/** Pixel work with sharp (libvips). Reads PNG, JPEG and WebP only; AVIF is written and never read. */
export const createSharpOps = (): ImageOps => ({
  inspect,
  normalise,
  resize,
  upscale,
  grade,
  overlay,
  marks,
  mask,
  keepRegion,
  lock,
  alphaMask,
  encode,
  thumbnail,
  transparency,
  sharpness,
  paletteCover,
  fingerprint,
  legible,
  checkLut: async (text) => cubeFacts(text),
});
