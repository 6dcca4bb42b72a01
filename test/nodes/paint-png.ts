import { crc32, deflateSync } from "node:zlib";

/** One pixel: grey, RGB or RGBA, each 0–255. */
export type Pixel = readonly number[];

/** A PNG chunk: length, type, data, checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The header chunk. Colour types of the format: 0 grey, 2 RGB, 3 palette, 6 RGBA. */
export function pngHeader(width: number, height: number, depth: number, colourType: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = depth;
  data[9] = colourType;
  return pngChunk("IHDR", data);
}

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** An 8-bit PNG painted pixel by pixel, written without any image library; `extra` chunks go before the pixels. */
export function paintPng(
  width: number,
  height: number,
  paint: (x: number, y: number) => Pixel,
  extra: Buffer[] = [],
): Buffer {
  const channels = paint(0, 0).length;
  const colourType = { 1: 0, 3: 2, 4: 6 }[channels];
  if (colourType === undefined) throw new Error(`A pixel has 1, 3 or 4 numbers, not ${channels}.`);
  const stride = width * channels + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * stride + 1 + x * channels);
  }
  return Buffer.concat([
    PNG_SIGNATURE,
    pngHeader(width, height, 8, colourType),
    ...extra,
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}
