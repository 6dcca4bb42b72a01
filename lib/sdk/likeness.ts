/**
 * What is kept of a picture to compare it with others: `luma` = 64 × 64 levels 0–255 row by row (transparency on mid grey), `colors` = its CIELAB
 * histogram, shares that add up to 1, or all 0 when nothing is visible.
 */
export type Fingerprint = { luma: Uint8Array; colors: Float32Array };

/** How like two pictures are, 0–1: where things lie, which colors there are, and both together. */
export type Likeness = { both: number; layout: number; colors: number };

/** Pixels a side of a fingerprint's `luma`. */
export const FINGERPRINT_SIDE = 64;
const WINDOW = 8;
const STRIDE = 4;
/** The constants of the paper for 8-bit levels: (0.01 × 255)² and (0.03 × 255)². */
const [C1, C2] = [6.5025, 58.5225];

/**
 * Layout is the structural similarity (Wang et al., 2004) of the two lumas in windows of 8 × 8, every window weighted by the detail in it, so that two
 * subjects on the same empty ground are not alike because of the ground. Colors is the overlap of the histograms (Swain and Ballard, 1991). Both together
 * is their geometric mean: a copy in other colors and other things in the same colors are both unlike. Symmetric; a picture and itself give 1.
 */
export function likenessOf(a: Fingerprint, b: Fingerprint): Likeness {
  const layout = structure(a.luma, b.luma);
  const colors = overlap(a.colors, b.colors);
  return { both: Math.sqrt(layout * colors), layout, colors };
}

function structure(a: Uint8Array, b: Uint8Array): number {
  let [sum, weights] = [0, 0];
  for (let y = 0; y + WINDOW <= FINGERPRINT_SIDE; y += STRIDE) {
    for (let x = 0; x + WINDOW <= FINGERPRINT_SIDE; x += STRIDE) {
      const { meanA, meanB, varA, varB, both } = moments(a, b, x, y);
      const brightness = (2 * meanA * meanB + C1) / (meanA ** 2 + meanB ** 2 + C1);
      const weight = varA + varB + C2;
      sum += brightness * (2 * both + C2);
      weights += weight;
    }
  }
  return Math.min(1, Math.max(0, sum / weights));
}

function moments(a: Uint8Array, b: Uint8Array, left: number, top: number) {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + WINDOW; y++) {
    for (let x = left; x < left + WINDOW; x++) {
      const [p, q] = [a[y * FINGERPRINT_SIDE + x]!, b[y * FINGERPRINT_SIDE + x]!];
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
    }
  }
  const count = WINDOW * WINDOW;
  const [meanA, meanB] = [sumA / count, sumB / count];
  return {
    meanA,
    meanB,
    varA: squaresA / count - meanA ** 2,
    varB: squaresB / count - meanB ** 2,
    both: products / count - meanA * meanB,
  };
}

function overlap(a: Float32Array, b: Float32Array): number {
  let [shared, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    shared += Math.min(a[i]!, b[i]!);
    ofA += a[i]!;
    ofB += b[i]!;
  }
  const most = Math.max(ofA, ofB);
  return most === 0 ? 1 : Math.min(1, shared / most);
}
