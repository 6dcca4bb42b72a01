/*
 * What each model can do, until when, and what it is replaced by. Dated data: the day it was gathered is AS_OF; the provider's own
 * `GET /v1/models` is newer than this wherever they disagree. Sources: the provider's model pages and the SDK's types (November 2026).
 */

/** The day this table describes (UTC). A machine whose clock is earlier than this is wrong, so the table's day is used instead. */
export const AS_OF = "2026-11-20";

/** The models a new node starts with. None of them has a shutdown date. */
export const DEFAULTS = { text: "gpt-6.1-terra", judge: "gpt-6.1-terra", image: "gpt-image-2.5-flare" } as const;

/** `free`: any WxH within the rules (pixels and edges in px, ratio = longer side / shorter side); `list`: these and no others. */
export type SizeRule =
  | { kind: "free"; multiple: number; maxEdge: number; maxRatio: number; minPixels: number; maxPixels: number }
  | { kind: "list"; sizes: readonly string[] };

/** USD per 1M tokens, which is micro-USD per token. */
export type ImagePrice = { textIn: number; textCached: number; imageIn: number; imageCached: number; imageOut: number };
export type TextPrice = { input: number; cached: number; output: number };

/** Which table of output tokens holds for a model (prices.ts). */
export type TokenFamily = "2" | "2.5" | "2.6" | "1.5";

export type ImageModel = {
  id: string;
  status: "current" | "earlier";
  /** First day (UTC) on which the provider no longer serves it. */
  shutdown?: string;
  replacement?: string;
  sizes: SizeRule;
  qualities: readonly string[];
  transparent: boolean;
  formats: readonly string[];
  /** Can be the model of the Responses tool, and so of the conversation lane. */
  tool: boolean;
  /** `omit`: sending the key at all is an error. */
  inputFidelity: "omit" | "low-high" | "low";
  markup: boolean;
  maxPartials: number;
  tokens?: TokenFamily;
  price?: ImagePrice;
};

export type TextModel = {
  id: string;
  status: "current" | "earlier";
  shutdown?: string;
  replacement?: string;
  /** Calls the image tool. `unproven`: not documented either way. */
  draws: boolean | "unproven";
  /** Takes reasoning.effort `low`. */
  effortLow: boolean;
  /** Takes reasoning.effort `none`. */
  effortNone: boolean;
  price?: TextPrice;
};

const FREE: SizeRule = {
  kind: "free",
  multiple: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
};
const THREE: SizeRule = { kind: "list", sizes: ["1024x1024", "1536x1024", "1024x1536"] };
const TO_HIGH = ["auto", "low", "medium", "high"] as const;
const TO_MAX = ["auto", "low", "medium", "high", "xhigh", "max"] as const;
const RASTER = ["png", "jpeg", "webp"] as const;
const PRICE: ImagePrice = { textIn: 5, textCached: 1.25, imageIn: 8, imageCached: 2, imageOut: 30 };

const current = { status: "current", sizes: FREE, transparent: true, formats: RASTER, maxPartials: 3 } as const;
const v25 = {
  ...current,
  qualities: TO_MAX,
  tool: true,
  inputFidelity: "omit",
  markup: true,
  tokens: "2.5",
  price: PRICE,
} as const;
// Documented for the Image API only; whether the Responses tool takes it is contradictory, so the conversation lane does not offer it.
const v26 = { ...v25, tool: false, tokens: "2.6" } as const;
const old = {
  ...current,
  status: "earlier",
  sizes: THREE,
  qualities: TO_HIGH,
  tool: true,
  inputFidelity: "low-high",
  markup: false,
} as const;
const FLARE = "gpt-image-2.5-flare";
const SUNBURST = "gpt-image-2.5-sunburst";

export const IMAGE_MODELS: readonly ImageModel[] = [
  { id: FLARE, ...v25 },
  { id: SUNBURST, ...v25 },
  { id: "gpt-image-2.6-flare", ...v26 },
  { id: "gpt-image-2.6-sunburst", ...v26 },
  { id: "gpt-image-2", ...v25, status: "earlier", qualities: TO_HIGH, markup: false, tokens: "2" },
  {
    id: "gpt-image-1.5",
    ...old,
    shutdown: "2026-12-01",
    replacement: FLARE,
    tokens: "1.5",
    price: { ...PRICE, imageOut: 32 },
  },
  {
    id: "chatgpt-image-latest",
    ...old,
    shutdown: "2026-12-01",
    replacement: FLARE,
    tokens: "1.5",
    price: { ...PRICE, imageOut: 32 },
  },
  { id: "gpt-image-1-mini", ...old, inputFidelity: "low", shutdown: "2026-12-01", replacement: FLARE },
  { id: "gpt-image-1", ...old, shutdown: "2026-10-23", replacement: SUNBURST },
  { id: "dall-e-3", ...old, tool: false, shutdown: "2026-05-12", replacement: FLARE },
  { id: "dall-e-2", ...old, tool: false, shutdown: "2026-05-12", replacement: FLARE },
];

const text = { status: "current", draws: true, effortLow: true, effortNone: true } as const;
const earlier = { ...text, status: "earlier" } as const;
const gone = (id: string, shutdown: string, replacement: string, more: Partial<TextModel> = {}): TextModel => ({
  id,
  ...earlier,
  effortNone: false,
  shutdown,
  replacement,
  ...more,
});
const noReasoning = { draws: "unproven", effortLow: false } as const;

export const TEXT_MODELS: readonly TextModel[] = [
  { id: "gpt-6.1-terra", ...text, price: { input: 1, cached: 0.05, output: 5 } },
  { id: "gpt-6.2-sol", ...text, effortNone: false, price: { input: 2, cached: 0.1, output: 10 } },
  { id: "gpt-6.1-sol", ...text, effortNone: false, price: { input: 2, cached: 0.1, output: 10 } },
  // No cached price is published for these two: cached input counts in full.
  { id: "gpt-6-astra", ...text, effortNone: false, price: { input: 10, cached: 10, output: 50 } },
  { id: "gpt-6-luna", ...text, draws: "unproven", price: { input: 0.1, cached: 0.1, output: 0.5 } },
  { id: "gpt-5.6-sol", ...earlier },
  { id: "gpt-5.6-terra", ...earlier },
  { id: "gpt-5.6-luna", ...earlier },
  { id: "gpt-5.5", ...earlier },
  gone("gpt-5", "2026-12-11", DEFAULTS.text),
  gone("gpt-5-mini", "2026-12-11", DEFAULTS.text),
  gone("gpt-5-nano", "2026-12-11", "gpt-6-luna"),
  gone("o3", "2026-12-11", DEFAULTS.text),
  gone("gpt-4.1", "2027-01-14", DEFAULTS.text, noReasoning),
  gone("gpt-4.1-mini", "2027-01-14", DEFAULTS.text, noReasoning),
  gone("gpt-4.1-nano", "2027-01-14", "gpt-6-luna", noReasoning),
  gone("gpt-4o", "2027-01-14", DEFAULTS.text, noReasoning),
  gone("gpt-4o-mini", "2027-01-14", "gpt-6-luna", noReasoning),
];

/** `gpt-image-2.5-flare-2026-09-08` → `gpt-image-2.5-flare`: a dated snapshot can what its family can. */
export const familyOf = (id: string): string => id.replace(/-\d{4}-\d{2}-\d{2}$/, "");

/** The image model of this id or of the family of this dated snapshot; undefined when the table does not know it. */
export const imageModel = (id: string): ImageModel | undefined => IMAGE_MODELS.find((m) => m.id === familyOf(id));

/** The text model of this id or of the family of this dated snapshot; undefined when the table does not know it. */
export const textModel = (id: string): TextModel | undefined => TEXT_MODELS.find((m) => m.id === familyOf(id));

/** Today for questions of retirement: the machine's clock (epoch ms), but never before the day of the table. */
export const tableNow = (now: number): number => Math.max(now, Date.parse(AS_OF));

/** `retired` once its day has come, `soon` within 60 days of it. `now` in epoch ms. */
export function retirement(model: { shutdown?: string }, now: number): "retired" | "soon" | undefined {
  if (!model.shutdown) return undefined;
  const left = Date.parse(model.shutdown) - tableNow(now);
  return left <= 0 ? "retired" : left <= 60 * 86_400_000 ? "soon" : undefined;
}
