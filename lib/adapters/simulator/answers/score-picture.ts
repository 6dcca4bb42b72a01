import { type Measured, shareOf } from "../paint/measure.ts";
import { toHex } from "../paint/raster/color.ts";
import { hashText } from "../paint/raster/random.ts";
import { namedColors } from "../paint/words/palette-from-words.ts";
import { wantedPart } from "../paint/words/tokens.ts";

/** A judgement on one question: 0..1 and why. */
export type Judgement = { score: number; reason: string };
/** `byColor`: the question names colours, and they were looked for. */
export type Looked = Judgement & { byColor: boolean };

/** How well made a picture is, from what can be measured: sharp, contrasty, colourful, well exposed. 0..1. */
export function craftOf(picture: Measured): number {
  const sharp = Math.min(1, picture.sharpness / 0.16);
  const contrast = Math.min(1, picture.contrast / 0.19);
  const color = Math.min(1, picture.colorfulness / 0.4);
  const exposure = Math.max(0, 1 - Math.abs(picture.light - 0.54) * 1.5);
  return 0.34 * sharp + 0.28 * contrast + 0.18 * color + 0.2 * exposure;
}

/** Answers one question about a picture: craft counts always, colours the question names count for more. The same picture and question give the same answer. */
export function judge(picture: Measured, question: string, sample = 0): Looked {
  const craft = craftOf(picture);
  const wanted = namedColors(wantedPart(question)).slice(0, 4);
  const found = wanted.map((color) => ({ color, share: shareOf(picture, color) }));
  const colorScore =
    found.length > 0 ? found.reduce((sum, { share }) => sum + Math.min(1, share / 0.05), 0) / found.length : null;
  const sway =
    ((hashText(
      `${question}|${picture.width}x${picture.height}|${picture.light.toFixed(4)}|${picture.contrast.toFixed(4)}|${sample}`,
    ) %
      1000) /
      1000 -
      0.5) *
    0.07;
  const plain = 0.3 + 0.66 * craft;
  const score = Math.min(0.99, Math.max(0.02, (colorScore === null ? plain : plain * 0.4 + colorScore * 0.6) + sway));
  return { score: Math.round(score * 1000) / 1000, reason: reasonFor(picture, found), byColor: found.length > 0 };
}

function reasonFor(
  picture: Measured,
  found: readonly { color: readonly [number, number, number]; share: number }[],
): string {
  const weak: string[] = [];
  if (picture.sharpness < 0.06) weak.push("edges are soft: make it sharper and more detailed");
  if (picture.contrast < 0.12) weak.push("tones are flat: raise the contrast");
  if (picture.colorfulness < 0.15) weak.push("colours are pale: make them more vivid");
  if (picture.light < 0.25) weak.push("it is dark: make it brighter");
  if (picture.light > 0.85) weak.push("it is washed out: make it darker");
  for (const { color, share } of found)
    if (share < 0.03) weak.push(`${toHex(color)} is hardly there: bring in ${toHex(color)}`);
  const colors = found
    .filter(({ share }) => share >= 0.03)
    .map(({ color, share }) => `${toHex(color)} takes ${Math.round(share * 100)} % of the picture`);
  if (weak.length > 0) return `Simulated judge: ${weak.join("; ")}.`;
  return `Simulated judge: ${[`contrast ${picture.contrast.toFixed(2)}, sharpness ${picture.sharpness.toFixed(2)}, both good`, ...colors].join("; ")}.`;
}
