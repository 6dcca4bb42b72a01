import sharp from "sharp";
import type { RawPicture } from "./raster/canvas.ts";

/** An animated GIF: the picture breathing in light over `frames` frames. */
export async function animate(picture: RawPicture, frames: number, frameMs: number): Promise<Buffer> {
  const { width, height, data } = picture;
  const sheet = Buffer.alloc(data.length * frames);
  for (let frame = 0; frame < frames; frame++) {
    const gain = 1 + 0.12 * Math.sin((frame / frames) * Math.PI * 2);
    const offset = frame * data.length;
    for (let i = 0; i < data.length; i++) sheet[offset + i] = i % 4 === 3 ? data[i]! : Math.min(255, data[i]! * gain);
  }
  return sharp(sheet, { raw: { width, height: height * frames, channels: 4, pageHeight: height } })
    .gif({
      delay: Array<number>(frames).fill(Math.max(20, Math.round(frameMs / 10) * 10)),
      loop: 0,
      effort: 1,
      colours: 96,
    })
    .toBuffer();
}
