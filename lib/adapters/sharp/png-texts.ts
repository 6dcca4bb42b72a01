import { crc32 } from "node:zlib";

const HEADER_END = 33;

/**
 * The same PNG with these texts behind its header, each an uncompressed `iTXt` chunk in UTF-8 (PNG specification, third edition, 11.3.3.4). The
 * picture must be one of our own making.
 */
export function withTexts(png: Buffer, texts: readonly { keyword: string; text: string }[]): Buffer {
  if (texts.length === 0) return png;
  const chunks = texts.map(({ keyword, text }) =>
    // Keyword, its end, not compressed, method, no language, no translated keyword.
    chunk("iTXt", Buffer.concat([Buffer.from(keyword, "latin1"), Buffer.alloc(5), Buffer.from(text)])),
  );
  return Buffer.concat([png.subarray(0, HEADER_END), ...chunks, png.subarray(HEADER_END)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, "latin1");
  data.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}
