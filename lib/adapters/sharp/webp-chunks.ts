import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { corrupt, type Header, PROFILE_BYTES } from "./picture-header.ts";

type Chunk = { type: string; data: Buffer; whole: Buffer };

const RIFF_BYTES = 12;
const HAS_PROFILE = 0x20;

/** Reads the canvas size. Layout: RFC 9649, sections 2.5 to 2.7. `lossless` is true for a still VP8L picture. */
export function webpHeader(bytes: Buffer): Header {
  const first = chunksOf(bytes).next().value as Chunk | undefined;
  if (first?.type === "VP8X" && first.data.length >= 10) {
    return { family: "webp", width: first.data.readUIntLE(4, 3) + 1, height: first.data.readUIntLE(7, 3) + 1 };
  }
  if (first?.type === "VP8L" && first.data.length >= 5) {
    const bits = first.data.readUInt32LE(1);
    return { family: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, lossless: true };
  }
  if (first?.type === "VP8 " && first.data.length >= 10) {
    return { family: "webp", width: first.data.readUInt16LE(6) & 0x3fff, height: first.data.readUInt16LE(8) & 0x3fff };
  }
  throw corrupt("its header is cut off");
}

/** The same picture without an oversized colour profile. Throws IMAGE_METADATA_TOO_LARGE for other metadata above the text limit. */
export function cleanWebp(bytes: Buffer): Buffer {
  const chunks = [...chunksOf(bytes)];
  const sizeOf = (...types: string[]): number =>
    chunks.filter((chunk) => types.includes(chunk.type)).reduce((sum, chunk) => sum + chunk.data.length, 0);
  if (sizeOf("EXIF", "XMP ") > LIMITS.pngTextBytes) {
    throw new StepError(
      "IMAGE_METADATA_TOO_LARGE",
      `The picture carries more than ${LIMITS.pngTextBytes / 2 ** 20} MiB of metadata; save it again without.`,
    );
  }
  if (sizeOf("ICCP") <= PROFILE_BYTES) return bytes;
  const body = Buffer.concat(chunks.filter((chunk) => chunk.type !== "ICCP").map(withoutProfileFlag));
  const riff = Buffer.from(bytes.subarray(0, RIFF_BYTES));
  riff.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([riff, body]);
}

function withoutProfileFlag({ type, whole }: Chunk): Buffer {
  if (type !== "VP8X") return whole;
  const copy = Buffer.from(whole);
  copy[8]! &= ~HAS_PROFILE;
  return copy;
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) throw corrupt("it ends in the middle");
  let at = RIFF_BYTES;
  while (at + 8 <= end) {
    const length = bytes.readUInt32LE(at + 4);
    const stop = at + 8 + length;
    if (stop > end) throw corrupt("it ends in the middle");
    yield {
      type: bytes.toString("latin1", at, at + 4),
      data: bytes.subarray(at + 8, stop),
      whole: bytes.subarray(at, Math.min(end, stop + (length & 1))),
    };
    at = stop + (length & 1);
  }
}
