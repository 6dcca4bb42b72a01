import sharp from "sharp";
import { decode } from "../encode.ts";
import type { RawPicture } from "../raster/canvas.ts";
import { valueNoise } from "../raster/noise.ts";
import type { Area } from "./add-things.ts";

/** How much of each pixel may change, 0..255, and the box around it. */
export type MaskedArea = { share: Uint8Array; box: Area };

/** Reads a mask file: alpha 0 is the part to change. */
export async function readMask(bytes: Uint8Array, width: number, height: number): Promise<MaskedArea> {
  const { data } = await decode(bytes, { width, height });
  const hard = Buffer.alloc(width * height);
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let i = 0; i < hard.length; i++) {
    const open = 255 - data[i * 4 + 3]!;
    hard[i] = open;
    if (open < 128) continue;
    const x = i % width;
    const y = (i / width) | 0;
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
  }
  const soft = await sharp(hard, { raw: { width, height, channels: 1 } })
    .blur(Math.max(1, Math.min(width, height) / 200))
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  const size = {
    left: box.left,
    top: box.top,
    width: Math.max(1, box.right - box.left + 1),
    height: Math.max(1, box.bottom - box.top + 1),
  };
  return { share: new Uint8Array(soft.buffer, soft.byteOffset, soft.byteLength), box: size };
}

/**
 * Takes the changed picture inside the mask and the old one outside, where it drifts a little, as the real model's does:
 * light wanders by a few steps in patches, more of it near the mask.
 */
export function blendMask(before: RawPicture, after: RawPicture, mask: MaskedArea, seed: string): RawPicture {
  const { width, height } = before;
  const data = new Uint8Array(before.data);
  const noise = valueNoise(`drift${seed}`);
  const patch = 7 / Math.min(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const share = mask.share[y * width + x]! / 255;
      const wander = (noise(x * patch, y * patch) - 0.55) * 13;
      const drift = Math.abs(wander) < 1.6 ? 0 : wander;
      for (let part = 0; part < 3; part++) {
        const old = Math.min(255, Math.max(0, before.data[i + part]! + drift));
        data[i + part] = Math.round(old + (after.data[i + part]! - old) * share);
      }
      if (share > 0.02)
        data[i + 3] = Math.round(before.data[i + 3]! + (after.data[i + 3]! - before.data[i + 3]!) * share);
    }
  }
  return { width, height, data };
}
