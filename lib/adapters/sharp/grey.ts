import { inBands } from "./bands.ts";
import { decode, type Pixels } from "./decoder.ts";

/** One channel, 0–255, row by row. */
type Grey = { data: Uint8Array; width: number; height: number };

/** A picture read as a mask: white and opaque is 255, black or transparent is 0 (luma of BT.709, in 256ths). */
export const readGrey = async (bytes: Buffer): Promise<Grey> => greyOf(await decode(bytes));

async function greyOf({ data, width, height, channels }: Pixels): Promise<Grey> {
  const grey = new Uint8Array(width * height);
  await inBands(width, height, (from, to) => {
    for (let i = from * width; i < to * width; i++) {
      const at = i * channels;
      const luma = (54 * data[at]! + 183 * data[at + 1]! + 19 * data[at + 2]!) >> 8;
      grey[i] = channels === 4 ? Math.round((luma * data[at + 3]!) / 255) : luma;
    }
  });
  return { data: grey, width, height };
}
