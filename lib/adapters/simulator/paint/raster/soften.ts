import type { Coverage } from "./coverage.ts";

/** Blurs a coverage in place by about `radius` pixels: three box passes come close to a Gaussian. */
export function soften(coverage: Coverage, radius: number): void {
  const reach = Math.max(1, Math.round(radius / 1.7));
  for (let pass = 0; pass < 3; pass++) {
    boxRows(coverage.share, coverage.width, coverage.height, reach);
    boxColumns(coverage.share, coverage.width, coverage.height, reach);
  }
}

function boxRows(share: Float32Array, width: number, height: number, reach: number) {
  const line = new Float32Array(width);
  const scale = 1 / (2 * reach + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(reach, width); x++) sum += share[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + reach < width) sum += share[row + x + reach]!;
      line[x] = sum * scale;
      if (x - reach >= 0) sum -= share[row + x - reach]!;
    }
    share.set(line, row);
  }
}

/** Used again from shape to shape. */
let columns = new Float32Array(0);

function boxColumns(share: Float32Array, width: number, height: number, reach: number) {
  const sums = new Float32Array(width);
  const size = width * height;
  if (columns.length < size) columns = new Float32Array(Math.ceil(size * 1.5));
  const out = columns;
  const scale = 1 / (2 * reach + 1);
  for (let y = 0; y < Math.min(reach, height); y++) addRow(sums, share, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + reach < height) addRow(sums, share, (y + reach) * width, 1);
    const row = y * width;
    for (let x = 0; x < width; x++) out[row + x] = sums[x]! * scale;
    if (y - reach >= 0) addRow(sums, share, (y - reach) * width, -1);
  }
  share.set(out.subarray(0, size));
}

function addRow(sums: Float32Array, share: Float32Array, row: number, sign: number) {
  for (let x = 0; x < sums.length; x++) sums[x]! += share[row + x]! * sign;
}
