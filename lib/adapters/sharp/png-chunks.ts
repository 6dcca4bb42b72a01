import { inflateSync } from "node:zlib";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { corrupt, type Header, PROFILE_BYTES } from "./picture-header.ts";

/** Everything a decoder needs and nothing else: texts, animation frames, thumbnails and unknown chunks stay out of it. */
const KEPT = new Set(["IHDR", "PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "pHYs", "eXIf", "IDAT", "IEND"]);
const TEXTS = new Set(["tEXt", "zTXt", "iTXt"]);
const EXIF_BYTES = 64 * 1024;
const SIGNATURE_BYTES = 8;

type Chunk = { type: string; data: Buffer; whole: Buffer };

/** Reads size from IHDR without touching pixels. Layout: PNG specification (ISO/IEC 15948), section 11.2.2. */
export function pngHeader(bytes: Buffer): Header {
  if (bytes.length < 33 || bytes.toString("latin1", 12, 16) !== "IHDR") throw corrupt("its header is cut off");
  return { family: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/**
 * The same picture with only the chunks a decoder needs. Texts are counted and measured first, inflated under a cap: 50 small zTXt chunks
 * can otherwise cost a gigabyte inside the decoder. Nothing a text says is ever read.
 */
export function cleanPng(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  const seen = new Set<string>();
  let texts = 0;
  let textBytes = 0;
  for (const chunk of chunksOf(bytes)) {
    if (TEXTS.has(chunk.type)) {
      textBytes += textSize(chunk, LIMITS.pngTextBytes - textBytes);
      if (++texts > LIMITS.pngTextChunks || textBytes > LIMITS.pngTextBytes) throw tooMuchText();
    }
    const first = !seen.has(chunk.type);
    seen.add(chunk.type);
    if (KEPT.has(chunk.type) && (first || chunk.type === "IDAT") && harmless(chunk)) kept.push(chunk.whole);
  }
  return Buffer.concat(kept);
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  let at = SIGNATURE_BYTES;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw corrupt("it ends in the middle");
    const type = bytes.toString("latin1", at + 4, at + 8);
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    if (type === "IEND") return;
    at = end;
  }
  throw corrupt("its end is missing");
}

function harmless({ type, data }: Chunk): boolean {
  if (type === "eXIf") return data.length <= EXIF_BYTES;
  if (type === "iCCP") return inflatedSize(data.subarray(afterKeyword(data) + 1), PROFILE_BYTES) <= PROFILE_BYTES;
  return true;
}

function textSize({ type, data }: Chunk, cap: number): number {
  const start = afterKeyword(data);
  if (type === "tEXt") return data.length;
  if (type === "zTXt") return inflatedSize(data.subarray(start + 1), cap);
  const packed = data[start] === 1;
  const language = data.indexOf(0, start + 2);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  return packed && translated >= 0 ? inflatedSize(data.subarray(translated + 1), cap) : data.length;
}

const afterKeyword = (data: Buffer): number => data.indexOf(0) + 1;

/** Bytes after inflating, or `cap + 1` as soon as there are more. Damaged text counts as its packed size: it is dropped anyway. */
function inflatedSize(packed: Buffer, cap: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, cap) }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? cap + 1 : packed.length;
  }
}

const tooMuchText = (): StepError =>
  new StepError(
    "IMAGE_METADATA_TOO_LARGE",
    `The picture carries more text than ${LIMITS.pngTextChunks} notes or ${LIMITS.pngTextBytes / 2 ** 20} MiB; save it again without metadata.`,
  );
