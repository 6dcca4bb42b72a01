import { type Points, polygon, smooth } from "../raster/contours.ts";
import type { Contours } from "../raster/coverage.ts";
import type { Spot, Stage } from "../stage.ts";

/** Draws one thing standing on a spot. */
export type Subject = (stage: Stage, spot: Spot) => void;

/** Turns points given in heights of the subject (x from its middle, y up from its base as negative) into pixels. */
export function onSpot(spot: Spot) {
  const point = (x: number, y: number): [number, number] => [spot.x + x * spot.size, spot.y + y * spot.size];
  const map = (points: Points) => points.map(([x, y]) => point(x, y));
  return {
    point,
    curve: (points: Points): Contours => smooth(map(points)),
    poly: (points: Points): Contours => polygon(map(points)),
    line: (points: Points): number[] => map(points).flat(),
    map,
    size: (share: number) => share * spot.size,
  };
}

/** The same points on the other side as well, as one closed outline: for bodies that are symmetrical. */
export function mirrored(right: Points): Points {
  const left = [...right].reverse().map(([x, y]) => [-x, y] as const);
  return [...right, ...left.filter(([x]) => x !== 0)];
}
