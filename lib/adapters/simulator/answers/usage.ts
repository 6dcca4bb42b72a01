/** Usage of the outer model, and of the image model (summed over its calls). */
export type Usage = {
  input_tokens: number;
  input_tokens_details: { cached_tokens: number; cache_write_tokens: number };
  output_tokens: number;
  output_tokens_details: { reasoning_tokens: number };
  total_tokens: number;
};
export type ImageUsage = {
  input_tokens: number;
  input_tokens_details: { image_tokens: number; text_tokens: number };
  output_tokens: number;
  output_tokens_details: { image_tokens: number; text_tokens: number };
  total_tokens: number;
};

/** Image output tokens at high quality, from the provider's calculator (2026-09-05). */
const HIGH: readonly (readonly [width: number, height: number, tokens: number])[] = [
  [1024, 1024, 7024],
  [1536, 1024, 5488],
  [1024, 1536, 5488],
  [1024, 640, 3824],
  [640, 1024, 3824],
  [3072, 1024, 3952],
  [1024, 3072, 3952],
  [2560, 1440, 7370],
  [1440, 2560, 7370],
  [3840, 1280, 5311],
  [1280, 3840, 5311],
  [2048, 2048, 14272],
  [3840, 2160, 13342],
  [2160, 3840, 13342],
];
/** Shares of the high figure; low and medium are published, xhigh and max are guesses, auto is taken as medium. */
const QUALITY: Readonly<Record<string, number>> = {
  low: 0.0279,
  medium: 0.2516,
  high: 1,
  xhigh: 1.5,
  max: 2,
  auto: 0.2516,
};

/** The same for the old line of models, from its price per picture. */
const OLD_HIGH = { square: 4_156, oblong: 6_240 };
const OLD_QUALITY: Readonly<Record<string, number>> = { low: 0.065, medium: 0.253, high: 1, auto: 0.253 };

/** Output tokens of one picture. Sizes between the published ones follow the nearest shape, never above a square of as many pixels. */
export function pictureTokens(width: number, height: number, quality: string, family = "2.5"): number {
  if (family === "1.5" || family === "mini" || family === "1") {
    return Math.round((width === height ? OLD_HIGH.square : OLD_HIGH.oblong) * (OLD_QUALITY[quality] ?? 1));
  }
  const share = QUALITY[quality] ?? 1;
  const exact = HIGH.find(([w, h]) => w === width && h === height);
  if (exact) return Math.round(exact[2] * share);
  const ratio = Math.max(width, height) / Math.min(width, height);
  const away = ([w, h]: readonly [number, number, number]) =>
    Math.abs(Math.log((w * h) / (width * height))) + Math.abs(Math.log(w / h / (width / height)));
  const [w, h, tokens] = [...HIGH].sort((a, b) => away(a) - away(b))[0]!;
  const scaled = tokens * ((width * height) / (w * h)) ** 0.6;
  const most = 7024 * Math.sqrt((width * height) / 1_048_576) * Math.min(1, 1.25 / ratio);
  return Math.floor(Math.min(scaled, most) * share);
}

/** About four characters to a token. */
export const textTokens = (text: string): number => Math.ceil(text.length / 4);

/** What a picture costs to look at. */
export const lookTokens = (pixels: number): number => Math.min(6_000, Math.round(pixels / 1024));

/** The hosted image tool's own description, sent along on every turn. */
export const TOOL_TOKENS = 2_300;

/** Each partial picture. */
export const PARTIAL_TOKENS = 100;

/** Adds up the outer model's share. */
export function outerUsage(input: number, cached: number, output: number, reasoning: number): Usage {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
    output_tokens: output + reasoning,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output + reasoning,
  };
}

/** Adds up the image model's share. */
export function imageUsage(text: number, images: number, output: number): ImageUsage {
  return {
    input_tokens: text + images,
    input_tokens_details: { image_tokens: images, text_tokens: text },
    output_tokens: output,
    output_tokens_details: { image_tokens: output, text_tokens: 0 },
    total_tokens: text + images + output,
  };
}
