import { parseSize } from "./draw-rules.ts";
import { type ImageModel, imageModel, type TextModel, type TokenFamily, textModel } from "./model-table.ts";
import type { MicroUsd } from "./money.ts";

/*
 * What a call may cost at most before it is sent, and what it did cost afterwards. Prices are USD per 1M tokens, so tokens × price is
 * already micro-USD. The provider publishes no formula for the output tokens of a picture; where a figure is known it is used, elsewhere
 * a bound that lies above every known figure.
 */

/** Output tokens of gpt-image-2 (the provider's calculator, 2026-09-05; medium and low from its price per picture, rounded up). */
const KNOWN: Record<string, Record<string, number>> = {
  low: { "1024x1024": 196, "1536x1024": 184, "1024x1536": 184 },
  medium: { "1024x1024": 1784, "1536x1024": 1384, "1024x1536": 1384 },
  high: {
    "1024x1024": 7024,
    "1536x1024": 5488,
    "1024x1536": 5517,
    "1024x640": 3824,
    "3072x1024": 3952,
    "2560x1440": 7370,
    "3840x1280": 5311,
    "2048x2048": 14_272,
    "3840x2160": 13_342,
  },
};
const OLD: Record<string, Record<string, number>> = {
  low: { "1024x1024": 282, "1536x1024": 408, "1024x1536": 408 },
  medium: { "1024x1024": 1063, "1536x1024": 1584, "1024x1536": 1584 },
  high: { "1024x1024": 4160, "1536x1024": 6250, "1024x1536": 6250 },
};
const SQUARE: Record<string, number> = { low: 196, medium: 1784, high: 7024 };
/** Nothing is published above `high`: twice and four times as much stand in. */
const ABOVE_HIGH: Record<string, number> = { xhigh: 2, max: 4 };
/** 2.5 and 2.6 have no table of their own; 2.6 was measured at 3–4× the tokens of 2.5 for low and medium, and equal above. */
const MARGIN: Record<TokenFamily, { below: number; high: number }> = {
  "2": { below: 1, high: 1 },
  "2.5": { below: 1.1, high: 1.1 },
  "2.6": { below: 4, high: 1.1 },
  "1.5": { below: 1, high: 1 },
};

/** One partial picture, in image output tokens (published). */
const PARTIAL_TOKENS = 100;
/** Most image tokens a picture sent in was seen to cost the image model; ~1,024 for 1024². */
const IMAGE_IN_TOKENS = 6_500;
/** Most tokens a picture costs the outer model: pixels / 1024 × 1.2 at the largest size the provider draws. */
const SEEN_TOKENS = 9_800;
/** The hosted tool's own definition, measured at 2,300. */
const TOOL_TOKENS = 2_500;
/** Earlier turns of a conversation are billed again with every turn; this stands in where it is not known what they come to. */
const CHAIN_TOKENS = 24_000 + 2 * SEEN_TOKENS;
/** Pictures of earlier turns that the image model may be shown again. */
const CHAIN_PICTURES = 2;
/**
 * Thinking before a picture, and what a rewritten prompt may add to the words it was given. Assumed, for the provider publishes neither and a
 * turn of its own cannot be capped without losing its picture; one that takes more is settled at what it took.
 */
const THINKING_TOKENS = 1_500;
const REWRITTEN_TOKENS = 800;
/** Roles, captions and separators around the words of a request. */
const FRAME_TOKENS = 200;
/** Above this many input tokens a text model costs 2× in and 1.5× out. */
const LONG_INPUT = 272_000;

/**
 * Upper bound of the output tokens of one picture. `auto` quality is taken as high, `auto` size as the dearest standard size, or as
 * 2048² when the size may follow a picture sent in (`follows`). Undefined for a model without a token table.
 */
export function outputTokens(model: ImageModel, size: string, quality: string, follows = false): number | undefined {
  if (!model.tokens) return undefined;
  const level = quality === "auto" ? "high" : quality;
  const base = level in SQUARE ? level : "high";
  const margin = base === "high" ? MARGIN[model.tokens].high : MARGIN[model.tokens].below;
  const times = margin * (ABOVE_HIGH[level] ?? 1);
  if (model.tokens === "1.5") return Math.ceil((OLD[base]![size] ?? Math.max(...Object.values(OLD[base]!))) * times);
  const asked = size === "auto" ? (follows ? "2048x2048" : "1024x1024") : size;
  const known = KNOWN[base]![asked];
  if (known !== undefined) return Math.ceil(known * times);
  const { width, height } = parseSize(asked) ?? { width: 2880, height: 2880 };
  const ratio = Math.max(width, height) / Math.min(width, height);
  const bound = SQUARE[base]! * 1.02 * Math.sqrt((width * height) / 1_048_576) * Math.min(1, 1.25 / ratio);
  return Math.ceil(bound * times);
}

function textCost(price: NonNullable<TextModel["price"]>, input: number, cached: number, output: number): number {
  const long = input > LONG_INPUT;
  const inside = (input - cached) * price.input + cached * price.cached;
  return inside * (long ? 2 : 1) + output * price.output * (long ? 1.5 : 1);
}

/** Bounds an answer in words, and with it its price (tokens, thinking included). */
export const MOST_TOKENS = { talk: 8192, judge: 8192 } as const;

/** Pixels (width × height) of a picture, undefined where they are not known. */
export type Pixels = number | undefined;

/**
 * The conversation before a turn. `tokens`: what the outer model reads again; `pixels`: of the largest picture in it, 0 without any.
 * `unknown` is bounded by a long conversation of large pictures.
 */
export type Earlier = { tokens: number; pixels: number } | "unknown";

const tokensOf = (pictures: readonly Pixels[], most: number): number =>
  pictures.reduce<number>(
    (sum, pixels) => sum + (pixels === undefined ? most : Math.min(most, Math.ceil((pixels / 1024) * 1.2) + 100)),
    0,
  );

/** What the outer model reads: `textBytes` = UTF-8 bytes of all text sent (a token is never shorter than a byte). */
export type Reading = { textBytes: number; pictures: readonly Pixels[]; earlier?: Earlier };

function inputTokens({ textBytes, pictures, earlier }: Reading): number {
  const chain = earlier === "unknown" ? CHAIN_TOKENS : (earlier?.tokens ?? 0);
  return chain + textBytes + FRAME_TOKENS + tokensOf(pictures, SEEN_TOKENS);
}

/** Upper bound of the tokens a conversation comes to after a turn that draws `drawn`, or that answers in at most `words` tokens. */
export function tokensAfterTurn(reading: Reading, drawn: readonly Pixels[], words = 0): number {
  const draws = drawn.length > 0 ? TOOL_TOKENS + drawOut(reading.textBytes) : 0;
  return inputTokens(reading) + draws + words + tokensOf(drawn, SEEN_TOKENS);
}

/** Tokens the outer model may write for a picture: its thinking, and the prompt in its own words. */
const drawOut = (textBytes: number): number => THINKING_TOKENS + REWRITTEN_TOKENS + Math.ceil(textBytes / 2);

/** What a turn of words or a judgement may ask. */
export type TextAsk = Reading & { model: string; maxOutputTokens: number };

/** Upper bound of a call to a text model alone; undefined when the model has no price. */
export function textPriceUpperBound(ask: TextAsk): MicroUsd | undefined {
  const price = textModel(ask.model)?.price;
  if (!price) return undefined;
  return Math.ceil(textCost(price, inputTokens(ask), 0, ask.maxOutputTokens));
}

/** `pictures` = those sent in, mask included; `textModel` only in the conversation lane. */
export type DrawAsk = Reading & {
  imageModel: string;
  textModel?: string;
  size: string;
  quality: string;
  n: number;
  partials: number;
};

/** Upper bound of a call that draws; undefined when one of its models has no price. */
export function drawPriceUpperBound(ask: DrawAsk): MicroUsd | undefined {
  const model = imageModel(ask.imageModel);
  if (!model?.price) return undefined;
  const shown = [...ask.pictures, ...shownAgain(ask.earlier)];
  const tokens = outputTokens(model, ask.size, ask.quality, shown.length > 0);
  if (tokens === undefined) return undefined;
  const text = ask.textBytes + (ask.textModel ? REWRITTEN_TOKENS : 0);
  const drawn = (tokens + ask.partials * PARTIAL_TOKENS) * model.price.imageOut;
  const sent = text * model.price.textIn + tokensOf(shown, IMAGE_IN_TOKENS) * model.price.imageIn;
  const image = ask.n * (drawn + sent);
  if (ask.textModel === undefined) return Math.ceil(image);
  const outer = textPriceUpperBound({
    ...ask,
    model: ask.textModel,
    textBytes: ask.textBytes + TOOL_TOKENS,
    maxOutputTokens: drawOut(ask.textBytes),
  });
  return outer === undefined ? undefined : Math.ceil(image + outer);
}

function shownAgain(earlier: Earlier | undefined): Pixels[] {
  if (earlier === undefined || (earlier !== "unknown" && earlier.pixels === 0)) return [];
  return new Array<Pixels>(CHAIN_PICTURES).fill(earlier === "unknown" ? undefined : earlier.pixels);
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const count = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;

/** What a text model's `usage` comes to; undefined when a figure is missing or makes no sense, or the model has no price. */
function costOfTextUsage(model: string, usage: unknown): MicroUsd | undefined {
  const price = textModel(model)?.price;
  const input = count(record(usage).input_tokens);
  const output = count(record(usage).output_tokens);
  if (!price || input === undefined || output === undefined) return undefined;
  const cached = count(record(record(usage).input_tokens_details).cached_tokens) ?? 0;
  return Math.ceil(textCost(price, input, Math.min(cached, input), output));
}

/**
 * What an image model's usage comes to (`usage` of the Image API, `tool_usage.image_gen` of a response); undefined when a figure is
 * missing or makes no sense. Input that is not told apart counts as pixels; cached input is not told apart and counts in full.
 */
function costOfImageUsage(model: string, usage: unknown): MicroUsd | undefined {
  const price = imageModel(model)?.price;
  const input = count(record(usage).input_tokens);
  const output = count(record(usage).output_tokens);
  if (!price || input === undefined || output === undefined) return undefined;
  const text = Math.min(count(record(record(usage).input_tokens_details).text_tokens) ?? 0, input);
  return Math.ceil(text * price.textIn + (input - text) * price.imageIn + output * price.imageOut);
}

/**
 * The cost of a settled call from what it reported. `pictures` = how many were drawn: a picture without image usage, or with none of it,
 * leaves the cost unknown (undefined), never zero. `usage` of the outer model is not asked for when `textModel` is undefined.
 */
export function costOfUsage(settled: {
  textModel?: string;
  imageModel?: string;
  usage?: unknown;
  imageUsage?: unknown;
  pictures: number;
}): MicroUsd | undefined {
  const outer = settled.textModel === undefined ? 0 : costOfTextUsage(settled.textModel, settled.usage);
  if (outer === undefined) return undefined;
  if (settled.imageModel === undefined || (settled.pictures === 0 && settled.imageUsage == null)) return outer;
  const image = costOfImageUsage(settled.imageModel, settled.imageUsage);
  if (image === undefined) return undefined;
  if (settled.pictures > 0 && !count(record(settled.imageUsage).output_tokens)) return undefined;
  return outer + image;
}
