/** `[in, out]`, 0–1. */
export type CurvePoint = [number, number];

/** The points of a curve setting; what is none is left out. */
export const pointsIn = (value: unknown): CurvePoint[] =>
  Array.isArray(value)
    ? value.filter((one): one is CurvePoint => Array.isArray(one) && one.length === 2 && one.every(Number.isFinite))
    : [];

/** Puts a point where it belongs by its input; gives the list and its place in it. */
export function addPoint(points: readonly CurvePoint[], point: CurvePoint): { points: CurvePoint[]; index: number } {
  const next = held(point);
  const after = points.findIndex(([x]) => x > next[0]);
  const index = after < 0 ? points.length : after;
  return { points: points.toSpliced(index, 0, next), index };
}

/** Moves a point; it does not pass its neighbours. */
export function movePoint(points: readonly CurvePoint[], index: number, to: CurvePoint): CurvePoint[] {
  const [x, y] = held(to);
  const least = (points[index - 1]?.[0] ?? -0.01) + 0.01;
  const most = (points[index + 1]?.[0] ?? 1.01) - 0.01;
  return points.with(index, held([Math.min(most, Math.max(least, x)), y]));
}

const held = ([x, y]: CurvePoint): CurvePoint => [share(x), share(y)];
const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
