import type { Point } from "../state.ts";

/** Where a picture stands on the screen: a point p of the picture is drawn at `p * scale + (x, y)` CSS pixels. */
export type Camera = { x: number; y: number; scale: number };
export type Size = { width: number; height: number };

/** Scales a picture may have: CSS pixels per picture pixel. */
const LEAST = 0.02;
const MOST = 32;

/** The whole picture in the middle of a view, with a margin; small pictures are not blown up beyond four times. */
export function fitted(picture: Size, view: Size, margin = 24): Camera {
  const room = { width: Math.max(1, view.width - 2 * margin), height: Math.max(1, view.height - 2 * margin) };
  const scale = within(Math.min(room.width / picture.width, room.height / picture.height, 4));
  return centred(picture, view, scale);
}

/** The picture in the middle of a view at a scale. */
export const centred = (picture: Size, view: Size, scale: number): Camera => ({
  x: (view.width - picture.width * scale) / 2,
  y: (view.height - picture.height * scale) / 2,
  scale,
});

/** Zooms about a point of the screen, which stays over the same point of the picture. */
export function zoomedAt(camera: Camera, at: Point, factor: number): Camera {
  const scale = within(camera.scale * factor);
  const ratio = scale / camera.scale;
  return { x: at.x - (at.x - camera.x) * ratio, y: at.y - (at.y - camera.y) * ratio, scale };
}

/** Moves the picture by CSS pixels. */
export const panned = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x + dx,
  y: camera.y + dy,
});

/** Two fingers went from one pair of points to another: what was under them stays under them. */
export function pinched(camera: Camera, before: readonly [Point, Point], after: readonly [Point, Point]): Camera {
  const [from, to] = [middle(before), middle(after)];
  const spread = apart(before);
  const moved = panned(camera, to.x - from.x, to.y - from.y);
  return spread < 1 ? moved : zoomedAt(moved, to, apart(after) / spread);
}

/** The point of the picture under a point of the view. */
export const toPicture = (camera: Camera, at: Point): Point => ({
  x: (at.x - camera.x) / camera.scale,
  y: (at.y - camera.y) / camera.scale,
});

/** The point of the view where a point of the picture is. */
export const toView = (camera: Camera, at: Point): Point => ({
  x: at.x * camera.scale + camera.x,
  y: at.y * camera.scale + camera.y,
});

const within = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale));
const middle = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = ([a, b]: readonly [Point, Point]): number => Math.hypot(a.x - b.x, a.y - b.y);
