/** A picture being painted: premultiplied RGBA floats 0..1, row by row. */
export type Canvas = { readonly width: number; readonly height: number; readonly pixels: Float32Array };

/** An empty, fully transparent canvas. */
export function blankCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Float32Array(width * height * 4) };
}

/** Straight-alpha RGBA bytes: what encoders take and decoders give. */
export type RawPicture = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Rounds a canvas to bytes; `dither` 0..1 hides banding in smooth skies. */
export function toBytes(canvas: Canvas, dither = 0.6): RawPicture {
  const { width, height, pixels } = canvas;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const alpha = pixels[i + 3]!;
      if (alpha <= 0.002) continue;
      // Interleaved gradient noise (Jimenez 2014): even, and the same for every run.
      const n = 52.9829189 * ((0.06711056 * x + 0.00583715 * y) % 1);
      const offset = (n - Math.floor(n) - 0.5) * dither + 0.5;
      const scale = 255 / alpha;
      data[i] = toByte(pixels[i]! * scale + offset);
      data[i + 1] = toByte(pixels[i + 1]! * scale + offset);
      data[i + 2] = toByte(pixels[i + 2]! * scale + offset);
      data[i + 3] = alpha >= 0.998 ? 255 : toByte(alpha * 255 + 0.5);
    }
  }
  return { width, height, data };
}

/** A canvas holding the given bytes. */
export function fromBytes(picture: RawPicture): Canvas {
  const canvas = blankCanvas(picture.width, picture.height);
  const { pixels } = canvas;
  const { data } = picture;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    pixels[i] = (data[i]! / 255) * alpha;
    pixels[i + 1] = (data[i + 1]! / 255) * alpha;
    pixels[i + 2] = (data[i + 2]! / 255) * alpha;
    pixels[i + 3] = alpha;
  }
  return canvas;
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value | 0;
}
