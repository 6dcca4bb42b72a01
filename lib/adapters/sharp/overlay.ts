import sharp from "sharp";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Changed } from "../../runtime/ports.ts";
import type { Overlay } from "../../sdk/image-tools.ts";
import { colorOf } from "./color.ts";
import { decode, fromPixels, type Pixels, render } from "./decoder.ts";
import { written } from "./written.ts";

type Placed = Omit<Overlay, "logo">;
type Box = { left: number; top: number; right: number; bottom: number };

/** A glyph is about this share of its size wide; used only to refuse texts that would need gigabytes. */
const GLYPH = 0.6;

/**
 * A logo and/or a text over a picture, the logo above the text, both at `anchor` inside the safe area. Pixels under neither stay byte-identical; what
 * does not fit inside the picture is cut. undefined when nothing shows. Throws OVERLAY_TEXT_TOO_LARGE, OVERLAY_NO_ROOM, COLOR_INVALID.
 */
export async function overlay(bytes: Buffer, wanted: Placed, logo?: Buffer): Promise<Changed> {
  const picture = await decode(bytes);
  const box = freeBox(picture, wanted);
  const layers: Pixels[] = [];
  if (logo) layers.push(await scaledLogo(logo, Math.max(1, Math.round(picture.width * wanted.scale))));
  const text = readable(wanted.text ?? "");
  if (text) layers.push(await lettering(text, wanted, box));
  if (layers.length === 0) return undefined;
  const gap = layers.length > 1 ? Math.round(wanted.size / 2) : 0;
  const height = layers.reduce((sum, layer) => sum + layer.height, gap);
  let top = Math.round(along(wanted.anchor, "top", "bottom", box.top, box.bottom - height));
  const data = Buffer.from(picture.data);
  for (const layer of layers) {
    const left = Math.round(along(wanted.anchor, "left", "right", box.left, box.right - layer.width));
    paste({ ...picture, data }, layer, left, top, wanted.opacity);
    top += layer.height + gap;
  }
  return data.equals(picture.data) ? undefined : written({ ...picture, data });
}

/** What is left of the picture inside the safe area (a share of the shorter side, kept free all around) and the margin. */
function freeBox({ width, height }: Pixels, { safeArea, margin }: Placed): Box {
  const inset = Math.round(Math.min(width, height) * safeArea) + margin;
  const box = { left: inset, top: inset, right: width - inset, bottom: height - inset };
  if (box.right > box.left && box.bottom > box.top) return box;
  throw new StepError("OVERLAY_NO_ROOM", `Safe area and margin leave nothing of a picture of ${width} × ${height}.`);
}

function along(anchor: string, start: string, end: string, low: number, high: number): number {
  if (anchor.includes(start)) return low;
  return anchor.includes(end) ? high : (low + high) / 2;
}

async function scaledLogo(bytes: Buffer, width: number): Promise<Pixels> {
  const source = await decode(bytes);
  const scaled = fromPixels(source).resize({ width: Math.min(width, LIMITS.sidePixels), kernel: "lanczos3" });
  const { data, info } = await render(scaled.raw());
  return { data, width: info.width, height: info.height, channels: source.channels };
}

async function lettering(text: string, { font, size, color, anchor }: Placed, box: Box): Promise<Pixels> {
  if (text.length * size * size * GLYPH > LIMITS.pixels) {
    throw new StepError("OVERLAY_TEXT_TOO_LARGE", `${text.length} letters at ${size} px are too much to draw.`);
  }
  const [r, g, b, alpha] = colorOf(color);
  const align = anchor.includes("left") ? "left" : anchor.includes("right") ? "right" : "centre";
  const drawn = sharp({
    text: {
      text: `<span foreground="#${Buffer.from([r, g, b]).toString("hex")}">${escaped(text)}</span>`,
      font: `${family(font)} ${size}px`,
      // At 72 dots per inch one point of the font library is one pixel.
      dpi: 72,
      rgba: true,
      width: Math.max(1, Math.floor(box.right - box.left)),
      wrap: "word-char",
      align,
    },
  });
  const { data, info } = await render(drawn.toColourspace("srgb").raw());
  if (alpha < 255) for (let i = 3; i < data.length; i += 4) data[i] = Math.round((data[i]! * alpha) / 255);
  return { data, width: info.width, height: info.height, channels: 4 };
}

/** The font library falls back by itself for an unknown family; only what would be read as something else than a name goes. */
const family = (font: string): string => font.replace(/[^\p{L}\p{N} -]/gu, "").trim() || "sans";

/** Text without signs that cannot be drawn. */
export const readable = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]/g, " ")
    .trim();

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** Text as the font library takes it literally. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** Draws `layer` over `under` in place; straight alpha on both sides. */
export function paste(under: Pixels, layer: Pixels, left: number, top: number, opacity: number): void {
  for (let y = Math.max(0, -top); y < layer.height && top + y < under.height; y++) {
    for (let x = Math.max(0, -left); x < layer.width && left + x < under.width; x++) {
      const from = (y * layer.width + x) * layer.channels;
      const to = ((top + y) * under.width + left + x) * under.channels;
      const share = (layer.channels === 4 ? layer.data[from + 3]! / 255 : 1) * opacity;
      if (share === 0) continue;
      const rest = (under.channels === 4 ? under.data[to + 3]! / 255 : 1) * (1 - share);
      const alpha = share + rest;
      for (let c = 0; c < 3; c++) {
        under.data[to + c] = Math.round((layer.data[from + c]! * share + under.data[to + c]! * rest) / alpha);
      }
      if (under.channels === 4) under.data[to + 3] = Math.round(alpha * 255);
    }
  }
}
