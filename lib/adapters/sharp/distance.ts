import { inBands } from "./bands.ts";

const FAR = 0xffff;

/**
 * For every row the distance in pixels from each pixel's centre to the centre of the nearest pixel where `isSet` holds, 0 on such pixels and
 * Infinity where none is within `reach`. Exact Euclidean distance in two passes: down the columns, then the lower envelope of parabolas along
 * each row (Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions", 2012). The row is reused between visits.
 */
export async function eachDistanceRow(
  width: number,
  height: number,
  isSet: (index: number) => boolean,
  reach: number,
  visit: (y: number, distances: Float64Array) => void,
): Promise<void> {
  const down = new Uint16Array(width * height);
  await inBands(width, height, (from, to) => {
    for (let i = from * width; i < to * width; i++) {
      down[i] = isSet(i) ? 0 : i < width ? FAR : Math.min(FAR, down[i - width]! + 1);
    }
  });
  await inBands(width, height, (from, to) => {
    for (let y = height - 1 - from; y >= height - to; y--) {
      if (y === height - 1) continue;
      for (let i = y * width; i < (y + 1) * width; i++) down[i] = Math.min(down[i]!, down[i + width]! + 1);
    }
  });
  const row = new Float64Array(width);
  const envelope = envelopeOf(width);
  await inBands(width, height, (from, to) => {
    for (let y = from; y < to; y++) {
      envelope(down.subarray(y * width, (y + 1) * width), reach, row);
      visit(y, row);
    }
  });
}

function envelopeOf(width: number): (heights: Uint16Array, reach: number, out: Float64Array) => void {
  const apex = new Int32Array(width);
  const start = new Float64Array(width + 1);
  return (heights, reach, out) => {
    let count = 0;
    for (let x = 0; x < width; x++) {
      if (heights[x]! > reach) continue;
      const height = heights[x]! ** 2 + x * x;
      let crossing = Number.NEGATIVE_INFINITY;
      while (count > 0) {
        const other = apex[count - 1]!;
        crossing = (height - heights[other]! ** 2 - other * other) / (2 * (x - other));
        if (crossing > start[count - 1]!) break;
        count--;
        crossing = Number.NEGATIVE_INFINITY;
      }
      apex[count] = x;
      start[count++] = crossing;
    }
    start[count] = Number.POSITIVE_INFINITY;
    for (let x = 0, k = 0; x < width; x++) {
      if (count === 0) {
        out[x] = Number.POSITIVE_INFINITY;
        continue;
      }
      while (start[k + 1]! < x) k++;
      const distance = Math.sqrt((x - apex[k]!) ** 2 + heights[apex[k]!]! ** 2);
      out[x] = distance > reach ? Number.POSITIVE_INFINITY : distance;
    }
  };
}
