import { StepError } from "#lib/protocol/failure.ts";
import type { InputValues } from "#lib/protocol/graph.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { AssetId } from "#lib/protocol/values.ts";
import type { Assignment } from "./parse-options.ts";
import { WrongUse } from "./wrong-use.ts";

type Declared = { type: string; many: boolean };
/** `readPicture`: the bytes of a file. `upload`: opens what stores one picture and gives its asset. */
type PictureWorld = {
  readPicture(source: string): Promise<Uint8Array>;
  upload(): Promise<(bytes: Uint8Array) => Promise<{ asset: string }>>;
};

/** What the document says of its inputs, read with tolerance: a bad document is reported by the check that follows, not here. */
function declaredInputs(graph: unknown): Map<string, Declared> {
  const inputs = (graph as { inputs?: unknown } | null)?.inputs;
  if (!Array.isArray(inputs)) return new Map();
  return new Map(
    inputs
      .filter((input) => typeof input?.key === "string")
      .map((input) => [input.key, { type: String(input.type ?? "text"), many: input.many === true }]),
  );
}

const TRUE = new Set(["true", "yes", "on", "1"]);
const FALSE = new Set(["false", "no", "off", "0"]);

/** A typed text as the value its input wants. What does not look like one stays text, so that the check names it. */
function readText(value: string, type: string): unknown {
  if (type === "number") return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  if (type === "boolean") {
    const word = value.trim().toLowerCase();
    return TRUE.has(word) ? true : FALSE.has(word) ? false : value;
  }
  return value;
}

/** What is wrong with a picture names the input it was given for. */
async function forInput<T>(key: string, picture: Promise<T>): Promise<T> {
  try {
    return await picture;
  } catch (error) {
    if (!(error instanceof WrongUse || error instanceof StepError)) throw error;
    throw new WrongUse(error.code, error.message, { field: key });
  }
}

/**
 * `--input` and `--image` as input values. What is given for an image input is read, stored and named by its asset; an asset id or an http(s)
 * address is taken as it is (the run fetches the picture, an estimate does not); the same image key several times makes a list. Everything is read before anything is stored. Throws WrongUse with the input as field, and what storing throws.
 */
export async function gatherInputs(
  graph: unknown,
  given: { inputs: Assignment[]; images: Assignment[] },
  world: PictureWorld,
): Promise<InputValues> {
  const declared = declaredInputs(graph);
  const values = new Map<string, unknown>();
  const pictures: Assignment[] = [...given.images];
  for (const { key, value } of given.inputs) {
    if (Buffer.byteLength(value) > LIMITS.stringBytes) {
      throw new WrongUse("INPUT_TOO_LONG", `--input ${key} is longer than ${LIMITS.stringBytes} bytes.`, {
        field: key,
      });
    }
    const type = declared.get(key)?.type ?? "text";
    if (type === "image") pictures.push({ key, value });
    else values.set(key, readText(value, type));
  }
  const read: { key: string; asset?: string; url?: string; bytes?: Uint8Array }[] = [];
  for (const { key, value } of pictures) {
    const asset = /^[0-9a-f]{64}$/.test(value) ? `sha256:${value}` : value;
    if (AssetId.safeParse(asset).success) read.push({ key, asset });
    else if (/^https?:\/\//i.test(value)) read.push({ key, url: value });
    else read.push({ key, bytes: await forInput(key, world.readPicture(value)) });
  }
  const store = read.some((picture) => picture.bytes) ? await world.upload() : undefined;
  const lists = new Map<string, ({ asset: string } | { url: string })[]>();
  for (const { key, asset = "", url, bytes } of read) {
    const picture =
      url === undefined ? { asset: bytes && store ? (await forInput(key, store(bytes))).asset : asset } : { url };
    lists.set(key, [...(lists.get(key) ?? []), picture]);
  }
  for (const [key, list] of lists) {
    values.set(key, list.length > 1 || declared.get(key)?.many ? list : list[0]);
  }
  return Object.fromEntries(values);
}
