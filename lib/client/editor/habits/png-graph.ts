import { LIMITS } from "../../../protocol/limits.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The one keyword that is read; every other text in a picture is somebody else's. */
export const PNG_KEYWORD = "throughline";

/** Are these the first bytes of a PNG? */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte);

/**
 * The graph a PNG carries, as JSON text: a `tEXt` or uncompressed `iTXt` chunk with the keyword `throughline` (PNG specification, third
 * edition, 11.3.3). Undefined when it carries none or is not a PNG; `problem` when it carries one that cannot be taken: too large,
 * compressed, cut off, or two that differ. Reads lengths only, never pixels.
 */
export function graphInPng(bytes: Uint8Array): { json: string } | { problem: string } | undefined {
  if (!isPng(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Set<string>();
  let texts = 0;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (type === "IEND") break;
    const isText = type === "tEXt" || type === "iTXt";
    if (isText) texts += 1;
    if (texts > LIMITS.pngTextChunks) break;
    if (isText && keywordOf(bytes, at + 8, Math.min(end, bytes.length)) === PNG_KEYWORD) {
      if (end > bytes.length) return { problem: "The graph in this picture is cut off." };
      if (length > LIMITS.jsonBytes)
        return {
          problem: `The graph in this picture is larger than the limit of ${LIMITS.jsonBytes / 1024 / 1024} MB.`,
        };
      const data = bytes.subarray(at + 8 + PNG_KEYWORD.length + 1, end);
      const text = type === "tEXt" ? decode(data) : internationalText(data);
      if (text === undefined) return { problem: "The graph in this picture is packed in a way that is not read here." };
      found.add(text);
    }
    at = end + 4;
  }
  if (found.size > 1) return { problem: "This picture carries two different graphs." };
  const [json] = found;
  return json === undefined ? undefined : { json };
}

function keywordOf(bytes: Uint8Array, start: number, end: number): string {
  const zero = bytes.subarray(start, Math.min(end, start + 80)).indexOf(0);
  return zero < 0 ? "" : String.fromCharCode(...bytes.subarray(start, start + zero));
}

/** Compression flag, method, language, translated keyword, then the text in UTF-8. */
function internationalText(data: Uint8Array): string | undefined {
  if (data[0] !== 0) return undefined;
  const language = data.indexOf(0, 2);
  const keyword = language < 0 ? -1 : data.indexOf(0, language + 1);
  return keyword < 0 ? undefined : decode(data.subarray(keyword + 1));
}

const decode = (data: Uint8Array): string => new TextDecoder().decode(data);
