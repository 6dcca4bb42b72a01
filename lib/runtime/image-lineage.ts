import type { AssetId, FileValue, ImageValue } from "../protocol/values.ts";
import type { Grade } from "../sdk/image-tools.ts";

/** The node and run on whose behalf a picture is made. */
export type Maker = { node: string; type: string; run: string };

/** One local change: its name, its settings, and which pictures took part besides the source. */
export type LocalStep = { op: string; params: Record<string, unknown>; parents?: AssetId[] };

/** Changes after which a layer of drawn marks no longer lies where it was drawn. */
const MOVES_PIXELS = new Set(["resize", "upscale"]);

/**
 * The value of a picture made from `source`: turn, label, role and note stay, and so do the model's facts in the provenance (prompt, model, simulated …),
 * so that a graded, cropped picture still says where it came from. The new step is added to the steps before it.
 */
export function derivedFrom(
  source: ImageValue,
  made: { asset: AssetId; width: number; height: number; mediaType: string },
  about: Maker,
  { op, params, parents = [] }: LocalStep,
): ImageValue {
  // Whatever is done to a marked picture is not done to the one below the marks.
  const { markup, unmarked: _, ...kept } = source;
  return {
    ...kept,
    ...made,
    ...(markup && !MOVES_PIXELS.has(op) ? { markup } : {}),
    made: {
      ...source.made,
      ...about,
      by: "local",
      parents: [...new Set([source.asset, ...parents])],
      steps: [...(source.made.steps ?? []), { op, params: defined(params) }],
    },
  };
}

/** The same picture under another name; without a name the picture as it is. */
export const relabelled = (image: ImageValue, label: string | undefined): ImageValue =>
  label === undefined || label === image.label ? image : { ...image, label };

/** The value of an encoded file; it remembers the picture it holds. */
export const factsOf = (
  image: ImageValue,
  file: { asset: AssetId; mediaType: string; bytes: number; extension: string },
): FileValue => ({
  kind: "file",
  ...file,
  ...(image.label === undefined ? {} : { label: image.label }),
  image,
});

const ZEROES = ["exposure", "contrast", "saturation", "temperature", "tint", "gamma", "blacks", "whites"] as const;

/** True when a grade cannot change any picture, whatever its pixels: then its bytes need not even be read. */
export const isNeutralGrade = (grade: Grade): boolean =>
  ZEROES.every((name) => grade[name] === 0) &&
  grade.curve.length === 0 &&
  grade.lut === undefined &&
  (grade.match === undefined || grade.matchStrength === 0);

const defined = (params: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
