import { LIMITS } from "./limits.ts";
import { parseJson } from "./parse-json.ts";
import { InvalidError } from "./problems.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The one keyword that is read; every other text in a picture is somebody else's. */
export const PNG_KEYWORD = "throughline";
const TEXTS = new Set(["tEXt", "iTXt", "zTXt"]);

/** How a graph stands in a picture: with hashes and model names, and nothing else of the run that made it. */
export type PictureGraph = {
  format: "throughline/picture";
  version: 1;
  graph: unknown;
  /** The bytes in the store that the picture was made from, and the document that ran. */
  asset: string;
  graphHash: string;
  models: string[];
};

/** A graph that was found: its JSON text, and what else was said of the picture. */
export type FoundGraph = { json: string; made?: Omit<PictureGraph, "format" | "version" | "graph"> };
/** Why a graph in a picture cannot be taken. */
export type UnfitGraph = {
  code: "WORKFLOW_TOO_LARGE" | "AMBIGUOUS_WORKFLOW" | "WORKFLOW_UNREADABLE";
  problem: string;
};

/** Are these the first bytes of a PNG? */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte);

/**
 * The graph a PNG carries, as JSON text: a `tEXt` or uncompressed `iTXt` chunk with the keyword `throughline` (PNG specification, third
 * edition, 11.3.3). Undefined when it carries none or is not a PNG; `problem` when it carries one that cannot be taken: too large,
 * compressed, cut off, or two that differ. Reads lengths only, never pixels.
 */
export function graphInPng(bytes: Uint8Array): FoundGraph | UnfitGraph | undefined {
  if (!isPng(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Set<string>();
  let texts = 0;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (type === "IEND") break;
    const isText = TEXTS.has(type);
    if (isText) texts += 1;
    if (texts > LIMITS.pngTextChunks) break;
    if (isText && keywordOf(bytes, at + 8, Math.min(end, bytes.length)) === PNG_KEYWORD) {
      if (end > bytes.length) return unreadable("The graph in this picture is cut off.");
      if (length > LIMITS.jsonBytes)
        return {
          code: "WORKFLOW_TOO_LARGE",
          problem: `The graph in this picture is larger than the limit of ${LIMITS.jsonBytes / 1024 / 1024} MB.`,
        };
      const data = bytes.subarray(at + 8 + PNG_KEYWORD.length + 1, end);
      const text = type === "tEXt" ? decode(data) : type === "iTXt" ? internationalText(data) : undefined;
      if (text === undefined) return unreadable("The graph in this picture is packed in a way that is not read here.");
      found.add(text);
    }
    at = end + 4;
  }
  if (found.size > 1) return { code: "AMBIGUOUS_WORKFLOW", problem: "This picture carries two different graphs." };
  const [json] = found;
  return json === undefined ? undefined : unwrapped(json);
}

/** A bare graph is given as it stands: whoever asked reads and checks it. */
function unwrapped(json: string): FoundGraph | UnfitGraph {
  if (!json.trimStart().startsWith("{") || !json.includes('"throughline/picture"')) return { json };
  try {
    const read = parseJson(json, { depth: LIMITS.jsonDepth + 1 }) as Partial<PictureGraph>;
    if (read.format !== "throughline/picture") return { json };
    if (read.version !== 1) return unreadable("The graph in this picture comes from a newer version of the program.");
    const models = Array.isArray(read.models) ? read.models.filter((model) => typeof model === "string") : [];
    const made = { asset: String(read.asset), graphHash: String(read.graphHash), models };
    return { json: JSON.stringify(read.graph ?? null), made };
  } catch (error) {
    if (error instanceof InvalidError) return unreadable(error.problems[0]?.message ?? "The graph is damaged.");
    throw error;
  }
}

const unreadable = (problem: string): UnfitGraph => ({ code: "WORKFLOW_UNREADABLE", problem });

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
