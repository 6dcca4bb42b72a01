import { StepError } from "../protocol/failure.ts";
import type { AssetId, ImageValue, MaskValue } from "../protocol/values.ts";
import type { ImageTools } from "../sdk/image-tools.ts";
import { derivedFrom, factsOf, isNeutralGrade, type LocalStep, type Maker, relabelled } from "./image-lineage.ts";
import { measureImage } from "./measure-image.ts";
import {
  type AssetInfo,
  AssetMissing,
  type AssetStore,
  type Changed,
  type ImageOps,
  type Picture,
  type TextReader,
} from "./ports.ts";

export { createDryImageTools } from "./image-dry-tools.ts";

type ImageToolParts = {
  ops: ImageOps;
  assets: AssetStore;
  /** Remembers the size and type of new bytes. */
  putAssetInfo(info: AssetInfo): Promise<void>;
  /** What is known of stored bytes; saves `load` a decode. */
  assetInfo?(asset: AssetId): Promise<AssetInfo | undefined>;
  /** Who makes these pictures; written into their provenance. */
  about: Maker;
  /** Reads lettering on this machine; left out where nothing can. */
  textReader?: TextReader;
};

/**
 * The live `ctx.images`: bytes come from the asset store, pixels are changed by `ops`, results are stored and described. A result that equals its
 * source pixel by pixel is the source itself. Throws StepError, ASSET_MISSING among them.
 */
export function createImageTools({
  ops,
  assets,
  putAssetInfo,
  assetInfo,
  about,
  textReader,
}: ImageToolParts): ImageTools {
  const read = async (asset: AssetId): Promise<Buffer> => {
    try {
      return await assets.get(asset);
    } catch (error) {
      if (error instanceof AssetMissing) throw new StepError("ASSET_MISSING", error.message, { details: { asset } });
      throw error;
    }
  };
  const keep = async ({ bytes, width, height, mediaType }: Picture) => {
    const { asset } = await assets.put(bytes);
    await putAssetInfo({ asset, bytes: bytes.length, mediaType, width, height });
    return { asset, width, height, mediaType };
  };
  const keepChange = async (source: ImageValue, changed: Changed, step: LocalStep): Promise<ImageValue> =>
    changed ? derivedFrom(source, await keep(changed), about, step) : source;
  const readText = async (image: ImageValue): Promise<string | undefined> =>
    textReader?.read(await ops.legible(await read(image.asset)));
  const sizeOf = async (asset: AssetId): Promise<number> =>
    (await assetInfo?.(asset))?.bytes ?? (await read(asset)).length;

  return {
    async load(asset, more) {
      const known = await assetInfo?.(asset);
      const sized = known?.width && known.height && known.mediaType.startsWith("image/") ? known : undefined;
      const { width, height, mediaType } = sized ?? (await ops.inspect(await read(asset)));
      return {
        kind: "image",
        asset,
        width: width as number,
        height: height as number,
        mediaType,
        ...more,
        made: { by: "upload", ...about },
      };
    },

    async resize(image, targets) {
      const changes = await ops.resize(await read(image.asset), targets);
      return Promise.all(
        targets.map(async (target, i) => {
          const made = await keepChange(image, changes[i], { op: "resize", params: { ...target } });
          return relabelled(made, target.name);
        }),
      );
    },

    async upscale(image, to) {
      return keepChange(image, await ops.upscale(await read(image.asset), to), { op: "upscale", params: { ...to } });
    },

    async grade(image, grade) {
      if (isNeutralGrade(grade)) return image;
      const { match, lut, ...tone } = grade;
      const more = {
        match: match && tone.matchStrength > 0 ? await read(match.asset) : undefined,
        lut: lut && (await read(lut)).toString("utf8"),
      };
      const parents = match ? [match.asset] : [];
      const params = { ...tone, lut };
      return keepChange(image, await ops.grade(await read(image.asset), tone, more), { op: "grade", params, parents });
    },

    async overlay(image, { logo, ...overlay }) {
      const logoBytes = logo && (await read(logo.asset));
      const changed = await ops.overlay(await read(image.asset), overlay, logoBytes);
      return keepChange(image, changed, { op: "overlay", params: overlay, parents: logo ? [logo.asset] : [] });
    },

    async markup(image, marks) {
      const drawn = marks.length > 0 ? await ops.marks(await read(image.asset), marks) : undefined;
      if (!drawn) return { image };
      const [flat, layer] = await Promise.all([keep(drawn.flat), keep(drawn.layer)]);
      const step = { op: "markup", params: { marks: marks.length, layer: layer.asset } };
      const apart = drawn.clear ? { markup: layer.asset, unmarked: image.asset } : {};
      const { turn: _turn, markup: _markup, ...alone } = derivedFrom(image, layer, about, step);
      return { image: { ...derivedFrom(image, flat, about, step), ...apart }, layer: alone };
    },

    async mask(image, { asset, ...shape }) {
      const stored = asset ? await read(asset) : undefined;
      const made = await keep(await ops.mask(await read(image.asset), shape, stored));
      return { kind: "mask", asset: made.asset, width: made.width, height: made.height } satisfies MaskValue;
    },

    async keepRegion(base, from, mask, feather) {
      const [under, over, where] = await Promise.all([read(base.asset), read(from.asset), read(mask.asset)]);
      const changed = await ops.keepRegion(under, over, where, feather);
      return keepChange(base, changed, {
        op: "keep-region",
        params: { feather, mask: mask.asset },
        parents: [from.asset],
      });
    },

    async lock(original, drawn, mask, feather) {
      // What is put back is the picture, not the marks that told the model what to do.
      const kept = original.unmarked ?? original.asset;
      const [under, over, where] = await Promise.all([read(kept), read(drawn.asset), read(mask.asset)]);
      const { picture, drift } = await ops.lock(under, over, where, feather);
      const params = { feather, mask: mask.asset, drift };
      const locked = await keepChange(drawn, picture, { op: "lock", params, parents: [kept] });
      const measured = { ...locked, made: { ...locked.made, drift } };
      return { image: relabelled(measured, original.label), drift };
    },

    async encode(image, encoding) {
      const { extension, ...picture } = await ops.encode(await read(image.asset), encoding);
      const { asset, mediaType } = await keep(picture);
      return factsOf(image, { asset, mediaType, bytes: picture.bytes.length, extension });
    },

    measure: (image, check, more = {}) => measureImage({ ops, read, readText, sizeOf }, image, check, more),
    readText,
  };
}
