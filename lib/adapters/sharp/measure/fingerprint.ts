import type { Fingerprint } from "../../../runtime/ports.ts";
import type { Pixels } from "../decoder.ts";
import { labOf } from "./cielab.ts";
import { squeezed } from "./working-copy.ts";

const SIDE = 64;
const MID_GREY = 128;
/** Places of the histogram's nodes: L every 20 from 0 to 100, a and b every 20 from −120 to 120. */
const STEP = 20;
const [LIGHTS, HUES, LEAST] = [6, 13, -120];

/**
 * What is kept of a picture to compare it with others: its luma stretched to 64 × 64, and the histogram of its colors there. A pixel is shared out among
 * the eight nearest nodes of the histogram, so that a color that shifts a little moves a little. Errors as `decode`.
 */
export async function fingerprint(bytes: Buffer): Promise<Fingerprint> {
  const small = await squeezed(bytes, { width: SIDE, height: SIDE }, "average");
  return { luma: lumaOf(small), colors: histogramOf(small) };
}

const alphaOf = ({ data, channels }: Pixels, at: number): number => (channels === 4 ? data[at + 3]! / 255 : 1);

function lumaOf(picture: Pixels): Uint8Array {
  const { data, channels } = picture;
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const at = i * channels;
    const alpha = alphaOf(picture, at);
    const luma = 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
    return Math.round(luma * alpha + MID_GREY * (1 - alpha));
  });
}

function histogramOf(picture: Pixels): Float32Array {
  const { data, channels } = picture;
  const counts = new Float64Array(LIGHTS * HUES * HUES);
  let total = 0;
  for (let at = 0; at < SIDE * SIDE * channels; at += channels) {
    const alpha = alphaOf(picture, at);
    if (alpha === 0) continue;
    total += alpha;
    const [l, a, b] = labOf(data[at]!, data[at + 1]!, data[at + 2]!);
    share(counts, place(l, 0, LIGHTS), place(a, LEAST, HUES), place(b, LEAST, HUES), alpha);
  }
  return Float32Array.from(counts, (count) => (total === 0 ? 0 : count / total));
}

/** Between which two nodes a value lies, and how near to the second. */
function place(value: number, least: number, nodes: number): { node: number; past: number } {
  const at = Math.min(nodes - 1, Math.max(0, (value - least) / STEP));
  const node = Math.min(nodes - 2, Math.floor(at));
  return { node, past: at - node };
}

type Place = ReturnType<typeof place>;

function share(counts: Float64Array, l: Place, a: Place, b: Place, amount: number): void {
  for (const [dl, wl] of [[0, 1 - l.past] as const, [1, l.past] as const]) {
    for (const [da, wa] of [[0, 1 - a.past] as const, [1, a.past] as const]) {
      const row = ((l.node + dl) * HUES + a.node + da) * HUES + b.node;
      counts[row]! += amount * wl * wa * (1 - b.past);
      counts[row + 1]! += amount * wl * wa * b.past;
    }
  }
}
