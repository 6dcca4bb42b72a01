import { pictureFacts } from "../requests/picture-facts.ts";

const SQUARE = { width: 1024, height: 1024 };
const WIDE = { width: 1536, height: 1024 };
const TALL = { width: 1024, height: 1536 };

/** The size a picture gets: the one asked for, or for "auto" the nearest standard shape to the picture being edited or to what the words suggest. */
export async function pictureSize(
  size: string | null | undefined,
  prompt: string,
  base: Uint8Array | null,
): Promise<{ width: number; height: number }> {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? "") ?? [];
  if (width && height) return { width: Number(width), height: Number(height) };
  if (base) {
    const facts = await pictureFacts(base, "image");
    const ratio = facts.width / facts.height;
    return ratio > 1.2 ? WIDE : ratio < 1 / 1.2 ? TALL : SQUARE;
  }
  if (/\b(banner|panorama|panoramic|widescreen|landscape format|billboard|cover)\b/i.test(prompt)) return WIDE;
  if (/\b(poster|portrait format|story|vertical|full[- ]body|tall)\b/i.test(prompt)) return TALL;
  return SQUARE;
}
