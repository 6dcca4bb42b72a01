import type { Likeness } from "./likeness.ts";
import { type CheckOf, ratioOf } from "./measured-check.ts";
import { textLikeness } from "./text-likeness.ts";

/** What a measured check found on one picture. */
export type Measurement = {
  /** 1 when the demand is met, else 0.75 × how much of the demand is reached (docs/measured-checks.md), so never above 0.75. */
  score: number;
  /** The demand is met. */
  passed: boolean;
  /** False where there was nothing to measure: the line passes and must not count in any sum. */
  measured: boolean;
  /** What was measured, in the unit of the check's kind; left out where nothing was. */
  value?: number | string;
  /** One sentence with the measured and the demanded number. */
  reason: string;
  /** What to ask the model for, as an order; only when the demand is not met. */
  wanted?: string;
};

/** What a demand that is missed by a hair counts: below the usual threshold of 0.8, so that no gate passes on that line alone. */
export const UNMET_MOST = 0.75;

type Words = { reason: string; wanted: string };

const met = (value: number | string, { reason }: Words): Measurement => ({
  score: 1,
  passed: true,
  measured: true,
  value,
  reason,
});

/** `reached`: how much of the demand is there, 0–1. */
const unmet = (value: number | string, reached: number, { reason, wanted }: Words): Measurement => ({
  score: UNMET_MOST * (Number.isFinite(reached) ? Math.min(1, Math.max(0, reached)) : 0),
  passed: false,
  measured: true,
  value,
  reason,
  wanted,
});

/** A check that found nothing to measure. */
export const unmeasured = (reason: string): Measurement => ({ score: 1, passed: true, measured: false, reason });

const settled = (passed: boolean, value: number | string, reached: number, words: Words): Measurement =>
  passed ? met(value, words) : unmet(value, reached, words);

const COMPARE = {
  exactly: { fits: (is: number, wanted: number) => is === wanted, words: "" },
  "at-least": { fits: (is: number, wanted: number) => is >= wanted, words: "at least " },
  "at-most": { fits: (is: number, wanted: number) => is <= wanted, words: "at most " },
} as const;

/** Reached: the worse side's smaller number ÷ its larger one. */
export function measureDimensions(
  check: Pick<CheckOf<"dimensions">, "width" | "height" | "compare">,
  { width, height }: { width: number; height: number },
): Measurement {
  const { fits, words } = COMPARE[check.compare];
  const sides = [[width, check.width] as const, [height, check.height] as const];
  const reached = sides.map(([is, wanted]) => (fits(is, wanted) ? 1 : Math.min(is, wanted) / Math.max(is, wanted)));
  const demand = `${words}${check.width} × ${check.height} px`;
  return settled(
    sides.every(([is, wanted]) => fits(is, wanted)),
    `${width} × ${height}`,
    Math.min(...reached),
    {
      reason: `The picture is ${width} × ${height} px; ${demand} is demanded.`,
      wanted: `Draw it at ${demand}.`,
    },
  );
}

/** Reached: the smaller ratio ÷ the larger one. */
export function measureAspect(
  check: Pick<CheckOf<"aspect">, "ratio" | "tolerance">,
  { width, height }: { width: number; height: number },
): Measurement {
  const demanded = ratioOf(check.ratio) ?? 1;
  const is = width / height;
  const passed = Math.abs(is / demanded - 1) <= check.tolerance + 1e-9;
  const named = typeof check.ratio === "string" ? check.ratio.trim() : decimals(check.ratio, 3);
  return settled(passed, is, Math.min(is, demanded) / Math.max(is, demanded), {
    reason: `The proportions are ${decimals(is, 3)} (${width} × ${height}); ${named}${
      named === decimals(demanded, 3) ? "" : ` (${decimals(demanded, 3)})`
    } is demanded, give or take ${percent(check.tolerance)}.`,
    wanted: `Draw it in the proportions ${named}.`,
  });
}

/** Reached: nothing when transparency is missing; the opaque share of the pixels when none may be transparent. */
export function measureAlpha(
  check: Pick<CheckOf<"alpha">, "required">,
  { channel, transparent }: { channel: boolean; transparent: number },
): Measurement {
  const share = `${percent(transparent, 0)} of the pixels are not fully opaque`;
  const none = channel ? "The picture has an alpha channel, but every pixel is opaque" : "Every pixel is opaque";
  const is = transparent > 0 ? share : none;
  if (check.required)
    return settled(transparent > 0, transparent, 0, {
      reason: `${is}; transparency is demanded.`,
      wanted: "Make the background transparent.",
    });
  return settled(transparent === 0, transparent, 1 - transparent, {
    reason: `${is}; no transparency is demanded.`,
    wanted: "Fill the whole picture: no pixel may be transparent.",
  });
}

/** Reached: demanded ÷ measured. */
export const measureBytes = (check: Pick<CheckOf<"bytes">, "max">, bytes: number): Measurement =>
  settled(bytes <= check.max, bytes, check.max / bytes, {
    reason: `The file has ${grouped(bytes)} bytes; at most ${grouped(check.max)} are demanded.`,
    wanted: "Draw it simpler, with plain areas and little grain, so that its file becomes smaller.",
  });

/** Reached: measured ÷ demanded. `variance` in levels². */
export const measureSharpness = (check: Pick<CheckOf<"sharpness">, "min">, variance: number): Measurement =>
  settled(variance >= check.min, variance, variance / check.min, {
    reason: `Sharpness is ${apart(variance, check.min, decimals, 1)}; at least ${decimals(check.min, 1)} is demanded.`,
    wanted: "Draw it sharper, with crisp edges and fine detail.",
  });

/** Reached: measured ÷ demanded share. `stray` = the most common color that is none of the palette's, and its share of the visible pixels. */
export function measurePalette(
  check: Pick<CheckOf<"palette">, "colors" | "maxDeltaE" | "coverage">,
  found: { coverage: number; visible: number; stray?: { color: string; share: number } },
): Measurement {
  const { coverage, stray } = found;
  const demand = `at least ${percent(check.coverage)} is demanded`;
  const passed = coverage >= check.coverage;
  const other =
    stray && !passed ? ` The most common other color is about ${stray.color} (${percent(stray.share)}).` : "";
  return settled(passed, coverage, coverage / check.coverage, {
    reason:
      found.visible === 0
        ? `The picture has no visible pixel; ${demand} in the palette.`
        : `${apart(coverage, check.coverage, percent, 1)} of the picture is within ΔE ${check.maxDeltaE} of the palette; ${demand}.${other}`,
    wanted: `Use more of ${listed(check.colors)}${stray ? ` and less of ${stray.color}` : ""}.`,
  });
}

/** The most like one of several references counts. Reached: measured ÷ least, and (1 − measured) ÷ (1 − most). `likenesses` must not be empty. */
export function measureSimilarity(
  check: Pick<CheckOf<"similarity">, "by" | "min" | "max">,
  likenesses: readonly Likeness[],
): Measurement {
  const { by, min = 0, max = 1 } = check;
  const best = likenesses.reduce((a, b) => (b[by] > a[by] ? b : a));
  const value = best[by];
  const [near, far] = [value >= min, value <= max];
  const bound = near ? max : min;
  const demands = [
    ...(check.min === undefined ? [] : [`at least ${decimals(min, 2)}`]),
    ...(check.max === undefined ? [] : [`at most ${decimals(max, 2)}`]),
  ].join(" and ");
  const whose = likenesses.length === 1 ? "the reference" : `the most like of ${likenesses.length} references`;
  const parts = by === "both" ? ` (layout ${decimals(best.layout, 2)}, colors ${decimals(best.colors, 2)})` : "";
  const what = { both: "layout and colors", layout: "layout", colors: "colors" }[by];
  return settled(near && far, value, near ? (1 - value) / (1 - max) : value / min, {
    reason: `Similarity to ${whose} is ${apart(value, bound, decimals, 2)}${parts}; ${demands} is demanded.`,
    wanted: near ? `Move further away from the reference in ${what}.` : `Come closer to the reference in ${what}.`,
  });
}

/** Reached: demanded ÷ measured. `drift` as the strict lock recorded it; undefined = no mask was locked: nothing to measure. */
export function measureDrift(check: Pick<CheckOf<"drift">, "max">, drift: number | undefined): Measurement {
  if (drift === undefined) return unmeasured("No mask was locked, so there is no drift to measure.");
  return settled(drift <= check.max, drift, check.max / drift, {
    reason: `${apart(drift, check.max, percent, 1)} of the pixels outside the mask were changed; at most ${percent(check.max)} is demanded.`,
    wanted: "Change nothing outside the masked part.",
  });
}

/** Reached: measured ÷ demanded likeness. `reading` = what was read in the picture; empty when there was nothing to read. */
export function measureText(
  check: Pick<CheckOf<"text">, "expected" | "minScore" | "match" | "caseSensitive">,
  reading: string,
): Measurement {
  const { score, nearest } = textLikeness(check.expected, reading, check);
  const expected = quoted(check.expected);
  const read = nearest === "" ? "No text was read" : `The picture reads ${quoted(nearest)}`;
  return settled(score >= check.minScore, score, score / check.minScore, {
    reason: `${read}: ${apart(score, check.minScore, percent, 1)} of ${expected}; at least ${percent(check.minScore)} is demanded.`,
    wanted: `Write exactly ${expected}, letter by letter${check.match === "exactly" ? ", and no other text" : ""}.`,
  });
}

const decimals = (value: number, places: number): string => String(Number(value.toFixed(places)));
const percent = (share: number, places = 1): string => `${decimals(share * 100, places)} %`;

/** The measured number with as many places as it takes to differ from the demanded one, so that no reason says "60 %, at least 60 % is demanded". */
function apart(is: number, demanded: number, write: (value: number, places: number) => string, places: number): string {
  let more = places;
  while (is !== demanded && more < places + 4 && write(is, more) === write(demanded, more)) more++;
  return write(is, more);
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
const quoted = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return `"${line.length > 200 ? `${line.slice(0, 199)}…` : line}"`;
};
