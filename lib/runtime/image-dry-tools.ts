import type { AssetId, ImageValue } from "../protocol/values.ts";
import type { ImageTools, ResizeTarget } from "../sdk/image-tools.ts";
import { sha256 } from "./digest.ts";
import { derivedFrom, factsOf, isNeutralGrade, type LocalStep, relabelled } from "./image-lineage.ts";
import type { AssetInfo } from "./ports.ts";

const NOBODY = { node: "", type: "", run: "" };
/** A picture whose size is not known before the run is taken to be this large. */
const UNKNOWN = { width: 1024, height: 1024, mediaType: "image/png" };

/**
 * `ctx.images` for estimates: only sizes are computed, no byte is read. Results carry stand-in names made from what was asked, so that the same
 * question always gives the same answer. A picture that would not change stays itself, as in a run.
 */
export function createDryImageTools(
  parts: { assetInfo?(asset: AssetId): Promise<AssetInfo | undefined> } = {},
): ImageTools {
  const change = (image: ImageValue, size: { width: number; height: number }, step: LocalStep): ImageValue =>
    derivedFrom(image, { ...size, asset: standIn(image, step), mediaType: "image/png" }, NOBODY, step);
  const resized = (image: ImageValue, target: ResizeTarget): ImageValue => {
    const size = sizeOf(image, target);
    const same = size.width === image.width && size.height === image.height;
    return relabelled(same ? image : change(image, size, { op: "resize", params: { ...target } }), target.name);
  };
  return {
    load: async (asset, more) => {
      const known = await parts.assetInfo?.(asset);
      const { width, height, mediaType } = { ...UNKNOWN, ...known };
      return { kind: "image", asset, width, height, mediaType, ...more, made: { by: "upload" } };
    },
    resize: async (image, targets) => targets.map((target) => resized(image, target)),
    upscale: async (image, to) =>
      to.width === image.width && to.height === image.height
        ? image
        : change(image, { width: to.width, height: to.height }, { op: "upscale", params: { ...to } }),
    grade: async (image, { match, ...grade }) =>
      isNeutralGrade({ ...grade, match })
        ? image
        : change(image, sameSize(image), { op: "grade", params: grade, parents: match && [match.asset] }),
    overlay: async (image, { logo, ...overlay }) =>
      overlay.text?.trim() || logo
        ? change(image, sameSize(image), { op: "overlay", params: overlay, parents: logo && [logo.asset] })
        : image,
    markup: async (image, marks) => {
      if (marks.length === 0) return { image };
      const step = { op: "markup", params: { marks } };
      const layer = change(image, sameSize(image), { ...step, op: "markup-layer" });
      return { image: { ...change(image, sameSize(image), step), markup: layer.asset, unmarked: image.asset }, layer };
    },
    mask: async (image, shape) => ({
      kind: "mask",
      asset: standIn(image, { op: "mask", params: { ...shape } }),
      ...sameSize(image),
    }),
    keepRegion: async (base, from, mask, feather) =>
      change(base, sameSize(base), {
        op: "keep-region",
        params: { feather, mask: mask.asset },
        parents: [from.asset],
      }),
    lock: async (original, drawn, mask, feather) => {
      const step = { op: "lock", params: { feather, mask: mask.asset }, parents: [original.asset] };
      return { image: relabelled(change(drawn, sameSize(original), step), original.label), drift: 0 };
    },
    encode: async (image, encoding) => ({
      ...factsOf(image, {
        asset: standIn(image, { op: "encode", params: { ...encoding } }),
        mediaType: `image/${encoding.format}`,
        bytes: 0,
        extension: encoding.format === "jpeg" ? "jpg" : encoding.format,
      }),
    }),
    measure: async () => ({ score: 1, passed: true, measured: true, reason: "An estimate measures nothing." }),
    readText: async () => undefined,
  };
}

const sameSize = ({ width, height }: ImageValue) => ({ width, height });

const standIn = (image: ImageValue, step: LocalStep): AssetId =>
  `sha256:${sha256(JSON.stringify([image.asset, step]))}`;

/** `contain` keeps proportions inside the target; every other fit gives the target's own size. */
function sizeOf(image: ImageValue, { width, height, fit }: ResizeTarget): { width: number; height: number } {
  if (fit !== "contain") return { width, height };
  const scale = Math.min(width / image.width, height / image.height);
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(image.width), height: scaled(image.height) };
}
