import { crc32, deflateSync } from "node:zlib";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A chunk as the PNG specification writes it: length, type, data, checksum. */
export function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + data.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(bytesOf(type), 4);
  whole.set(data, 8);
  view.setUint32(8 + data.length, crc32(whole.subarray(4, 8 + data.length)));
  return whole;
}

/** A text chunk; `iTXt` uncompressed, without language. */
export const textChunk = (type: "tEXt" | "iTXt", keyword: string, text: string): Uint8Array =>
  chunk(type, new Uint8Array([...bytesOf(keyword), 0, ...(type === "iTXt" ? [0, 0, 0, 0] : []), ...bytesOf(text)]));

/** A real PNG of 8 × 8 grey pixels with these chunks before its pixels. */
export function aPng(...extra: Uint8Array[]): Uint8Array {
  const side = 8;
  const head = new Uint8Array([0, 0, 0, side, 0, 0, 0, side, 8, 0, 0, 0, 0]);
  const pixels = deflateSync(
    new Uint8Array(side * (side + 1)).fill(0).map((_, at) => (at % (side + 1) === 0 ? 0 : 90)),
  );
  const parts = [
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    ...extra,
    chunk("IDAT", pixels),
    chunk("IEND", new Uint8Array()),
  ];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
