import { invalid } from "../http/refusal.ts";
import { clearShare, pictureFacts } from "./picture-facts.ts";

const LARGEST_MASK = 4 * 1024 * 1024;

/** A mask must be a PNG under 4 MB with fully transparent pixels, as large as the first image. */
export async function checkMask(mask: Uint8Array, base: Uint8Array, param: string): Promise<void> {
  const facts = await pictureFacts(mask, param);
  if (facts.format !== "png") throw invalid("invalid_image_format", param, "The mask must be a PNG.");
  if (mask.length >= LARGEST_MASK) throw invalid("image_file_too_large", param, "The mask must be smaller than 4 MB.");
  if (!facts.hasAlpha) throw invalid("invalid_image_mode", param, "The mask must have an alpha channel.");
  await sameSize(facts, base, param, "mask");
  if ((await clearShare(mask)) === 0)
    throw invalid("invalid_value", param, "The mask has no transparent pixels: nothing to edit.");
}

/** Markup is a PNG layer over the first image: some of it transparent, some not. */
export async function checkMarkup(markup: Uint8Array, base: Uint8Array, param: string): Promise<void> {
  const facts = await pictureFacts(markup, param);
  if (facts.format !== "png") throw invalid("invalid_image_format", param, "The markup must be a PNG.");
  if (!facts.hasAlpha) throw invalid("invalid_image_mode", param, "The markup must have an alpha channel.");
  await sameSize(facts, base, param, "markup");
  const clear = await clearShare(markup);
  if (clear === 0 || clear === 1)
    throw invalid("invalid_value", param, "The markup must have transparent and drawn pixels.");
}

async function sameSize(facts: { width: number; height: number }, base: Uint8Array, param: string, what: string) {
  const first = await pictureFacts(base, param);
  if (first.width !== facts.width || first.height !== facts.height) {
    throw invalid(
      "invalid_value",
      param,
      `The ${what} (${facts.width}x${facts.height}) must be as large as the first image (${first.width}x${first.height}).`,
    );
  }
}
