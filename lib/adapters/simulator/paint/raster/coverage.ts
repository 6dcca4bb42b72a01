/** Closed outlines as flat lists x0,y0,x1,y1…; outlines that wind the other way cut holes. */
export type Contours = readonly (readonly number[])[];

/** How much of each pixel a shape covers, 0..1, inside one rectangle of the canvas. */
export type Coverage = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly share: Float32Array;
};

const NOTHING: Coverage = { left: 0, top: 0, width: 0, height: 0, share: new Float32Array(0) };

/** Working memory that is used again from shape to shape: a picture has hundreds of them. */
export type Scratch = { sums: Float32Array; share: Float32Array };

/** Memory for shapes that are painted at once and then forgotten. */
export const newScratch = (): Scratch => ({ sums: new Float32Array(0), share: new Float32Array(0) });

const shared = newScratch();

/**
 * Exact area coverage of a shape on a canvas of the given size. Each edge adds its signed area to the pixels it crosses
 * and one running sum per row fills the inside, so the cost grows with outline length plus area and needs no samples.
 * With `scratch` the result is only good until the next call with the same memory.
 */
export function cover(
  contours: Contours,
  canvasWidth: number,
  canvasHeight: number,
  margin = 0,
  scratch?: Scratch,
): Coverage {
  const box = bounds(contours);
  const left = Math.max(0, Math.floor(box.left) - margin);
  const top = Math.max(0, Math.floor(box.top) - margin);
  const width = Math.min(canvasWidth, Math.ceil(box.right) + margin) - left;
  const height = Math.min(canvasHeight, Math.ceil(box.bottom) + margin) - top;
  if (!(width > 0 && height > 0)) return NOTHING;
  const stride = width + 2;
  const sums = zeroed(scratch ?? shared, stride * height);
  for (const points of contours) {
    const count = points.length;
    for (let i = 0; i < count; i += 2) {
      const j = i + 2 < count ? i + 2 : 0;
      addEdge(sums, stride, height, points[i]! - left, points[i + 1]! - top, points[j]! - left, points[j + 1]! - top);
    }
  }
  const share = scratch ? grown(scratch, width * height) : new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let total = 0;
    for (let x = 0, from = y * stride, to = y * width; x < width; x++) {
      total += sums[from + x]!;
      const covered = total < 0 ? -total : total;
      share[to + x] = covered > 1 ? 1 : covered;
    }
  }
  return { left, top, width, height, share };
}

function zeroed(scratch: Scratch, size: number): Float32Array {
  if (scratch.sums.length < size) scratch.sums = new Float32Array(Math.ceil(size * 1.5));
  else scratch.sums.fill(0, 0, size);
  return scratch.sums;
}

function grown(scratch: Scratch, size: number): Float32Array {
  if (scratch.share.length < size) scratch.share = new Float32Array(Math.ceil(size * 1.5));
  return scratch.share;
}

function bounds(contours: Contours) {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const points of contours) {
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return { left, top, right, bottom };
}

function addEdge(sums: Float32Array, stride: number, height: number, ax: number, ay: number, bx: number, by: number) {
  if (ay === by) return;
  const down = ay < by;
  const direction = down ? 1 : -1;
  const x0 = down ? ax : bx;
  const y0 = down ? ay : by;
  const x1 = down ? bx : ax;
  const y1 = down ? by : ay;
  const slope = (x1 - x0) / (y1 - y0);
  const limit = stride - 2;
  let x = y0 < 0 ? x0 - y0 * slope : x0;
  const last = Math.min(height, Math.ceil(y1));
  for (let y = Math.max(0, Math.floor(y0)); y < last; y++) {
    const dy = Math.min(y + 1, y1) - Math.max(y, y0);
    const nextX = x + slope * dy;
    addSpan(sums, y * stride, dy * direction, clamp(x, limit), clamp(nextX, limit));
    x = nextX;
  }
}

function addSpan(sums: Float32Array, row: number, area: number, xa: number, xb: number) {
  const from = xa < xb ? xa : xb;
  const to = xa < xb ? xb : xa;
  const first = Math.floor(from);
  const end = Math.ceil(to);
  if (end <= first + 1) {
    const middle = (from + to) / 2 - first;
    sums[row + first]! += area - area * middle;
    sums[row + first + 1]! += area * middle;
    return;
  }
  const perPixel = 1 / (to - from);
  const head = from - first;
  const firstShare = 0.5 * perPixel * (1 - head) * (1 - head);
  const tail = to - end + 1;
  const lastShare = 0.5 * perPixel * tail * tail;
  sums[row + first]! += area * firstShare;
  if (end === first + 2) {
    sums[row + first + 1]! += area * (1 - firstShare - lastShare);
  } else {
    const second = perPixel * (1.5 - head);
    sums[row + first + 1]! += area * (second - firstShare);
    for (let x = first + 2; x < end - 1; x++) sums[row + x]! += area * perPixel;
    const beforeLast = second + (end - first - 3) * perPixel;
    sums[row + end - 1]! += area * (1 - beforeLast - lastShare);
  }
  sums[row + end]! += area * lastShare;
}

function clamp(value: number, limit: number): number {
  return value < 0 ? 0 : value > limit ? limit : value;
}
