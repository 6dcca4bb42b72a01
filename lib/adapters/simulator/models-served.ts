/** What the simulated provider knows about an image model (provider's model pages, November 2026). */
export type ImageModel = {
  readonly id: string;
  /** `family` decides which parameters exist: 1.5 and mini are the old line with three fixed sizes. */
  readonly family: "1" | "1.5" | "mini" | "2" | "2.5" | "2.6";
  /** First day (UTC) on which it is gone, `YYYY-MM-DD`. */
  readonly shutdown: string | null;
};

const GONE = "2026-10-23";
const LEAVING = "2026-12-01";

export const IMAGE_MODELS: readonly ImageModel[] = [
  { id: "gpt-image-2.6-sunburst", family: "2.6", shutdown: null },
  { id: "gpt-image-2.6-flare", family: "2.6", shutdown: null },
  { id: "gpt-image-2.5-sunburst", family: "2.5", shutdown: null },
  { id: "gpt-image-2.5-sunburst-2026-09-08", family: "2.5", shutdown: null },
  { id: "gpt-image-2.5-flare", family: "2.5", shutdown: null },
  { id: "gpt-image-2.5-flare-2026-09-08", family: "2.5", shutdown: null },
  { id: "gpt-image-2", family: "2", shutdown: null },
  { id: "gpt-image-2-2026-04-21", family: "2", shutdown: null },
  { id: "gpt-image-1.5", family: "1.5", shutdown: LEAVING },
  { id: "gpt-image-1.5-2025-12-16", family: "1.5", shutdown: LEAVING },
  { id: "chatgpt-image-latest", family: "1.5", shutdown: LEAVING },
  { id: "gpt-image-1-mini", family: "mini", shutdown: LEAVING },
  { id: "gpt-image-1", family: "1", shutdown: GONE },
  { id: "dall-e-3", family: "1", shutdown: "2026-05-12" },
  { id: "dall-e-2", family: "1", shutdown: "2026-05-12" },
];

/** A text model: outer model of a conversation, or judge. */
export type TextModel = {
  readonly id: string;
  readonly shutdown: string | null;
  readonly refusesNoReasoning?: boolean;
};

export const TEXT_MODELS: readonly TextModel[] = [
  { id: "gpt-6-astra", shutdown: null, refusesNoReasoning: true },
  { id: "gpt-6.2-sol", shutdown: null, refusesNoReasoning: true },
  { id: "gpt-6.1-sol", shutdown: null, refusesNoReasoning: true },
  { id: "gpt-6.1-terra", shutdown: null },
  { id: "gpt-6-luna", shutdown: null },
  { id: "gpt-5.6-sol", shutdown: null },
  { id: "gpt-5.6-terra", shutdown: null },
  { id: "gpt-5.6-luna", shutdown: null },
  { id: "gpt-5.5", shutdown: null },
  { id: "gpt-5", shutdown: "2026-12-11" },
  { id: "gpt-5-mini", shutdown: "2026-12-11" },
  { id: "gpt-5-nano", shutdown: "2026-12-11" },
  { id: "o3", shutdown: "2026-12-11" },
  { id: "gpt-4.1", shutdown: "2027-01-14" },
  { id: "gpt-4.1-mini", shutdown: "2027-01-14" },
  { id: "gpt-4o", shutdown: "2027-01-14" },
  { id: "gpt-4o-mini", shutdown: "2027-01-14" },
];

/** The models one simulator serves. */
export type ModelsServed = { readonly image: readonly ImageModel[]; readonly text: readonly TextModel[] };

export const MODELS_SERVED: ModelsServed = { image: IMAGE_MODELS, text: TEXT_MODELS };

/** Sizes of the old line; newer models take any size within the limits below. */
export const FIXED_SIZES = ["1024x1024", "1536x1024", "1024x1536"] as const;

/** Limits for free sizes: both edges multiples of `step`, in pixels. */
export const SIZE_LIMITS = { step: 16, longest: 3840, ratio: 3, fewest: 655_360, most: 8_294_400 } as const;

/** True once a model's last day has passed. */
export function isGone(shutdown: string | null, nowMs: number): boolean {
  return shutdown !== null && nowMs >= Date.parse(`${shutdown}T00:00:00Z`);
}
