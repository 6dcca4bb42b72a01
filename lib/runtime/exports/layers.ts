import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { AssetId } from "../../protocol/values.ts";
import type { Overlay } from "../../sdk/image-tools.ts";
import type { PsdDocument, PsdLayer, RawPixels } from "../ports/export-formats.ts";
import type { DeliverPorts } from "./deliver.ts";
import { describePicture } from "./describe-picture.ts";
import { picturesOf, type Subject } from "./find-subject.ts";
import type { KnownPicture } from "./lineage.ts";
import { refuseSecrets } from "./no-secrets.ts";

type Ports = Pick<DeliverPorts, "assets" | "ops" | "delivery" | "journal" | "signature">;

/**
 * The way of a picture as layers, from the original up: each local change whole, lettering and drawn marks as layers of their own, and where a mask
 * decided, what it let in with the mask beside it (hidden: the result above has it). Pictures of another size are hidden and centred, never
 * scaled. Throws StepError PSD_TOO_LARGE before anything is decoded.
 */
export async function layeredDocument(ports: Ports, subject: Subject, described: boolean): Promise<PsdDocument> {
  const whole = picturesOf(subject);
  const chain = whole.length <= LIMITS.psdLayers ? whole : [...whole.slice(0, 1), ...whole.slice(1 - LIMITS.psdLayers)];
  await checkSize(ports, chain);
  const last = chain.at(-1)?.asset ?? subject.asset;
  const flat = await pixelsOf(ports, last);
  const layers: PsdLayer[] = [];
  // The last version is decoded once: it is the uppermost layer and the whole.
  const decoded: Decode = (asset) => (asset === last ? Promise.resolve(flat) : pixelsOf(ports, asset));
  for (const [at, picture] of chain.entries()) {
    for (const layer of await layersOf(ports, picture, at === 0, flat, decoded)) layers.push(layer);
  }
  const prompt = chain[0]?.made?.prompt;
  for (const { name } of layers) refuseSecrets(name, "A layer's name");
  if (described) refuseSecrets(prompt, "The prompt");
  return {
    width: flat.width,
    height: flat.height,
    layers,
    flat,
    note: described && prompt ? { name: "Prompt", text: prompt.slice(0, LIMITS.promptChars) } : undefined,
    xmp: described ? describePicture(subject, ports.signature) : undefined,
  };
}

async function checkSize({ journal }: Ports, chain: readonly KnownPicture[]): Promise<void> {
  let pixels = 0;
  for (const { asset, width, height } of chain) {
    const known = width && height ? { width, height } : await journal.assetInfo(asset);
    // What a mask lets in comes as one layer more.
    pixels += (known?.width ?? 0) * (known?.height ?? 0) * 2;
  }
  if (pixels > LIMITS.psdPixels * 2)
    throw new StepError(
      "PSD_TOO_LARGE",
      `The layers have ${Math.round(pixels / 2e6)} million pixels together; a layered document may have ${LIMITS.psdPixels / 1e6} million. Export PNG files instead.`,
    );
}

type Decode = (asset: AssetId) => Promise<RawPixels>;

async function layersOf(
  ports: Ports,
  picture: KnownPicture,
  first: boolean,
  flat: RawPixels,
  decoded: Decode,
): Promise<PsdLayer[]> {
  const step = picture.made?.steps?.at(-1);
  const name = picture.title ?? (first ? "Picture" : (step?.op ?? "Picture"));
  if (first) return [placed(`${name} (original)`, await decoded(picture.asset), flat)];
  const [under, beside] = picture.made?.parents ?? [];
  if (step?.op === "overlay") {
    const drawn = await overlayAlone(ports, step.params, beside, flat).catch(() => undefined);
    if (drawn) return [placed(name, drawn, flat)];
  }
  const layer = AssetId.safeParse(step?.params.layer).data;
  if (step?.op === "markup" && layer) return [placed(name, await decoded(layer), flat)];
  const mask = AssetId.safeParse(step?.params.mask).data;
  const inside = step?.op === "keep-region" ? beside : under;
  const result = placed(name, await decoded(picture.asset), flat);
  if (!mask || !inside) return [result];
  const shown = placed(`${name} (masked)`, await decoded(inside), flat);
  const where = await ports.delivery.grey(await ports.assets.get(mask));
  const fits = where.width === shown.pixels.width && where.height === shown.pixels.height;
  return fits
    ? [{ ...shown, hidden: true, mask: { pixels: where, feather: Number(step?.params.feather ?? 0) } }, result]
    : [result];
}

/** Lettering and logo over nothing: drawn again with the same settings. Undefined when nothing shows. */
async function overlayAlone(
  { ops, assets, delivery }: Ports,
  params: Record<string, unknown>,
  logo: AssetId | undefined,
  { width, height }: RawPixels,
): Promise<RawPixels | undefined> {
  const empty = await delivery.blank(width, height);
  const drawn = await ops.overlay(
    empty,
    params as Omit<Overlay, "logo">,
    logo === undefined ? undefined : await assets.get(logo),
  );
  return drawn && (await delivery.pixels(drawn.bytes));
}

const pixelsOf = async ({ assets, delivery }: Ports, asset: AssetId): Promise<RawPixels> =>
  delivery.pixels(await assets.get(asset));

function placed(name: string, pixels: RawPixels, flat: RawPixels): PsdLayer {
  const same = pixels.width === flat.width && pixels.height === flat.height;
  if (same) return { name, pixels, left: 0, top: 0 };
  const left = Math.round((flat.width - pixels.width) / 2);
  const top = Math.round((flat.height - pixels.height) / 2);
  return { name: `${name}, ${pixels.width} × ${pixels.height}`, pixels, left, top, hidden: true };
}
