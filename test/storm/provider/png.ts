import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** A real RGBA picture of `side` × `side` pixels that no other `seed` (0 … 2^32-1) gives. */
export function drawPng(side: number, seed: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const stride = side * 4 + 1;
  const rows = Buffer.alloc(stride * side);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const at = y * stride + 1 + x * 4;
      rows[at] = (x * 3 + seed) & 255;
      rows[at + 1] = (y * 5 + (seed >>> 8)) & 255;
      rows[at + 2] = (x + y + (seed >>> 16)) & 255;
      rows[at + 3] = 255;
    }
  rows.writeUInt32BE(seed >>> 0, 1);
  rows[4] = 255;
  rows[5] = seed >>> 24;
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** What a PNG says of itself; `holes` is true when an 8-bit picture with an alpha channel has a fully transparent pixel. */
export function readPng(bytes: Buffer): { width: number; height: number; alpha: boolean; holes: boolean } | undefined {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(SIGNATURE)) return undefined;
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const [depth, colour] = [bytes[24], bytes[25]];
  const alpha = colour === 4 || colour === 6;
  if (!alpha || depth !== 8) return { width, height, alpha, holes: false };
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return {
    width,
    height,
    alpha,
    holes: hasHole(inflateSync(Buffer.concat(data)), width, height, colour === 6 ? 4 : 2),
  };
}

function hasHole(rows: Buffer, width: number, height: number, bands: number): boolean {
  const length = width * bands;
  let before = new Uint8Array(length);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (length + 1)];
    const line = new Uint8Array(length);
    for (let x = 0; x < length; x += 1) {
      const left = x >= bands ? line[x - bands]! : 0;
      const up = before[x]!;
      const corner = x >= bands ? before[x - bands]! : 0;
      line[x] = rows[y * (length + 1) + 1 + x]! + predicted(filter, left, up, corner);
      if (x % bands === bands - 1 && line[x] === 0) return true;
    }
    before = line;
  }
  return false;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
