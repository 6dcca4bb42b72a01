import { parseSize, sizeFault } from "../../../protocol/draw-rules.ts";
import { DEFAULTS, imageModel, type SizeRule } from "../../../protocol/model-table.ts";

/** A size on offer, with its sides and what people call its shape. */
export type SizePreset = { size: string; width?: number; height?: number; shape: string; fault?: string };

/** What a model can draw; a model nobody knows is taken to follow the rules of the default one. */
export const sizeRule = (model: unknown): SizeRule =>
  (imageModel(typeof model === "string" ? model : "") ?? imageModel(DEFAULTS.image))?.sizes as SizeRule;

/** The presets with what is wrong with each for a model. */
export const sizePresets = (presets: readonly string[], model: unknown): SizePreset[] =>
  presets.map((size) => ({ size, ...parseSize(size), shape: shapeOf(size), fault: faultOf(size, model) }));

/** Why a model cannot draw a size, as a sentence; undefined when it can. */
export function faultOf(size: string, model: unknown): string | undefined {
  const fault = sizeFault(size, sizeRule(model));
  return fault && `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`;
}

/** `1536x1024` → "3:2"; sides without a small common measure are rounded to one decimal. */
export function shapeOf(size: string): string {
  const sides = parseSize(size);
  if (!sides) return "auto";
  const { width, height } = sides;
  const measure = common(width, height);
  const [w, h] = [width / measure, height / measure];
  if (Math.max(w, h) <= 21) return `${w}:${h}`;
  return width >= height ? `${round(width / height)}:1` : `1:${round(height / width)}`;
}

const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
const round = (value: number): number => Math.round(value * 10) / 10;
