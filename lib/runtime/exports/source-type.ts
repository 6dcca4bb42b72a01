import type { SourceType } from "../../protocol/exports.ts";
import type { AssetId } from "../../protocol/values.ts";
import type { Lineage } from "./lineage.ts";

/** Local work that puts other pixels into a picture; with `parents`, those of the pictures named beside the first. */
const MIXES: ReadonlyMap<string, { own: boolean; parents: boolean }> = new Map([
  ["overlay", { own: true, parents: false }],
  ["markup", { own: true, parents: false }],
  ["keep-region", { own: false, parents: true }],
  ["lock", { own: false, parents: true }],
]);

type Sources = { model: boolean; simulator: boolean; other: boolean };

/**
 * How a picture came to be, in IPTC's words (NewsCodes, Digital Source Type): drawn by a trained model; such a drawing composited with other
 * pixels (a photograph around a mask, a logo, lettering); or the same of the simulator, which is an algorithm and no trained model. Undefined
 * where no model had a part: what people bring is not ours to judge.
 */
export function sourceTypeOf(asset: AssetId, lineage: Lineage): SourceType | undefined {
  const sources: Sources = { model: false, simulator: false, other: false };
  const seen = new Set<AssetId>();
  const visit = (at: AssetId): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const made = lineage.get(at)?.made;
    if (made?.by === "model") {
      sources[made.simulated ? "simulator" : "model"] = true;
      // What the model was asked to change, and not only to look at, is still in the picture.
      const [base] = made.parents ?? [];
      const only = made.asked?.op === "edit" && made.parents?.length === 1;
      if (base !== undefined && (made.asked?.action === "edit" || only)) visit(base);
      return;
    }
    if (made?.by !== "local") {
      sources.other = true;
      return;
    }
    const [base, ...beside] = made.parents ?? [];
    const mix = MIXES.get(made.steps?.at(-1)?.op ?? "");
    if (base !== undefined) visit(base);
    if (mix?.own) sources.other = true;
    if (mix?.parents) for (const parent of beside) visit(parent);
  };
  visit(asset);
  if (sources.model) return sources.other ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia";
  if (sources.simulator) return sources.other ? "compositeSynthetic" : "algorithmicMedia";
  return undefined;
}
