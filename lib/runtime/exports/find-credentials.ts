/** Where a file carries content credentials, and how many bytes they take. */
export type CredentialsFound = { where: "PNG caBX" | "JPEG APP11" | "WebP C2PA"; bytes: number };

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const START_OF_SCAN = 0xda;
const APP11 = 0xeb;

/**
 * Whether a PNG, JPEG or WebP carries a C2PA manifest (C2PA 2.2, appendix A.3: a `caBX` chunk, APP11 segments with a JUMBF box, a `C2PA` chunk).
 * Looks at lengths and names only; damaged files carry none. It says nothing about whether the manifest holds.
 */
export function findCredentials(bytes: Buffer): CredentialsFound | undefined {
  if (bytes.subarray(0, 8).equals(PNG)) return total("PNG caBX", pngChunks(bytes), "caBX");
  if (bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8) return total("JPEG APP11", jpegBoxes(bytes), "c2pa");
  const riff = bytes.length >= 12 && bytes.toString("latin1", 0, 4) === "RIFF";
  if (riff && bytes.toString("latin1", 8, 12) === "WEBP") return total("WebP C2PA", webpChunks(bytes), "C2PA");
  return undefined;
}

type Part = { name: string; bytes: number };

function total(where: CredentialsFound["where"], parts: Iterable<Part>, name: string): CredentialsFound | undefined {
  let bytes = 0;
  for (const part of parts) if (part.name === name) bytes += part.bytes;
  return bytes === 0 ? undefined : { where, bytes };
}

function* pngChunks(bytes: Buffer): Generator<Part> {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) return;
    yield { name: bytes.toString("latin1", at + 4, at + 8), bytes: length };
    at += 12 + length;
  }
}

/** One manifest may lie in several segments; each repeats the box's header (ISO 19566-5, annex D), only the first the label. */
function* jpegBoxes(bytes: Buffer): Generator<Part> {
  const known = new Set<number>();
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === START_OF_SCAN || length < 2 || at + 2 + length > bytes.length) return;
    const data = bytes.subarray(at + 4, at + 2 + length);
    if (marker === APP11 && data.length > 16 && data.toString("latin1", 0, 2) === "JP") {
      const box = data.readUInt16BE(2);
      if (data.toString("latin1", 12, 16) === "jumb" && data.subarray(16, 64).includes("c2pa")) known.add(box);
      if (known.has(box)) yield { name: "c2pa", bytes: data.length };
    }
    at += 2 + length;
  }
}

function* webpChunks(bytes: Buffer): Generator<Part> {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > bytes.length) return;
    yield { name: bytes.toString("latin1", at, at + 4), bytes: length };
    at += 8 + length + (length & 1);
  }
}
