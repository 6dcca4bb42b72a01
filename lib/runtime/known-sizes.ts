import { tokensAfterTurn } from "../protocol/models.ts";
import type { AssetId, ImageValue, MaskValue, Turn } from "../protocol/values.ts";
import type { Omitted } from "./describe-request.ts";
import type { KnownSizes } from "./ports.ts";

type Sized = { asset: AssetId; width: number; height: number };

/** Pixels of every picture a request may show, and what the continued turn comes to. `ready` is the mask as the provider takes it. */
export function knownSizes(
  request: { picture?: ImageValue; references: ImageValue[]; mask?: MaskValue },
  turn: Turn | undefined,
  ready?: AssetId,
): KnownSizes {
  const shown: (Sized | undefined)[] = [request.picture, ...request.references, request.mask];
  const pixels = pixelsOf(shown.filter((one) => one !== undefined));
  if (request.picture) {
    // The layer of marks and what lies under it are as large as the marked picture.
    const { markup, unmarked, width, height } = request.picture;
    for (const asset of [markup, unmarked]) if (asset !== undefined) pixels.set(asset, width * height);
  }
  const mask = request.mask && pixels.get(request.mask.asset);
  if (ready !== undefined && mask !== undefined) pixels.set(ready, mask);
  return { pixels, ...(turn?.seen ? { earlier: turn.seen } : {}) };
}

/** Pictures sent to a judge are scaled down to this side (pixels): enough to judge by, a fraction of the tokens. */
export const JUDGE_SIDE = 1024;

export const isTooLargeToJudge = ({ width, height }: Pick<Sized, "width" | "height">): boolean =>
  Math.max(width, height) > JUDGE_SIDE;

/** A picture's size as a judge is shown it. */
export function judgedSize<S extends Sized>(picture: S): S {
  const shrink = Math.min(1, JUDGE_SIDE / Math.max(picture.width, picture.height));
  return { ...picture, width: Math.ceil(picture.width * shrink), height: Math.ceil(picture.height * shrink) };
}

/** Pixels by asset. */
export const pixelsOf = (pictures: readonly Sized[]): Map<AssetId, number> =>
  new Map(pictures.map(({ asset, width, height }) => [asset, width * height]));

/**
 * What a conversation comes to after a turn, so that the next one can be bounded: undefined where a size is not known. `read` = tokens the
 * provider says this turn read and wrote; without it the most it can have been, `words` = tokens of an answer in words.
 */
export function seenAfter(
  request: Extract<Omitted, { lane: "conversation" }>,
  known: KnownSizes,
  drawn: readonly number[],
  told: { read?: number; words?: number },
): Turn["seen"] {
  const { previousResponseId, parts, tool } = request;
  const assets = [
    ...parts.flatMap((part) => (part.type === "image" ? [part.asset] : [])),
    ...(tool?.mask ? [tool.mask] : []),
  ];
  const pictures = assets.map((asset) => known.pixels.get(asset));
  const earlier = previousResponseId === undefined ? undefined : known.earlier;
  if (pictures.includes(undefined) || (previousResponseId !== undefined && !earlier)) return undefined;
  const words = [request.instructions ?? "", ...parts.map((part) => (part.type === "text" ? part.text : ""))];
  const reading = { textBytes: Buffer.byteLength(words.join("\n")), pictures, earlier };
  const tokens =
    told.read === undefined
      ? tokensAfterTurn(reading, drawn, told.words)
      : told.read + tokensAfterTurn({ textBytes: 0, pictures: drawn }, []);
  return { tokens, pixels: Math.max(earlier?.pixels ?? 0, ...pictures.map((one) => one ?? 0), ...drawn) };
}

/** Tokens a settled answer's usage says were read and written; undefined when it does not say. */
export function tokensRead(usage: Record<string, unknown> | undefined): number | undefined {
  const { input_tokens: input, output_tokens: output } = usage ?? {};
  return typeof input === "number" && typeof output === "number" && input >= 0 && output >= 0
    ? Math.ceil(input + output)
    : undefined;
}
