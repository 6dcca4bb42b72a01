import type { Contours } from "./coverage.ts";

/** A list of [x, y] points. */
export type Points = readonly (readonly [number, number])[];

/** An ellipse, optionally turned by `angle` radians. */
export function ellipse(cx: number, cy: number, rx: number, ry = rx, angle = 0): Contours {
  const steps = Math.max(12, Math.min(96, Math.ceil(Math.sqrt(Math.max(rx, ry)) * 7)));
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const points: number[] = [];
  for (let i = 0; i < steps; i++) {
    const turn = (i / steps) * Math.PI * 2;
    const x = Math.cos(turn) * rx;
    const y = Math.sin(turn) * ry;
    points.push(cx + x * cos - y * sin, cy + x * sin + y * cos);
  }
  return [points];
}

/** A ring between two radii. */
export function ring(cx: number, cy: number, outer: number, inner: number): Contours {
  const [big] = ellipse(cx, cy, outer);
  const [small] = ellipse(cx, cy, inner);
  return [big!, reversed(small!)];
}

/** An axis-aligned box with corners rounded by `radius`. */
export function box(x: number, y: number, width: number, height: number, radius = 0): Contours {
  const r = Math.min(radius, width / 2, height / 2);
  if (r <= 0.2) return [[x, y, x + width, y, x + width, y + height, x, y + height]];
  const points: number[] = [];
  const corners: Points = [
    [x + width - r, y + r],
    [x + width - r, y + height - r],
    [x + r, y + height - r],
    [x + r, y + r],
  ];
  corners.forEach(([cx, cy], corner) => {
    for (let i = 0; i <= 8; i++) {
      const turn = (corner - 1 + i / 8) * (Math.PI / 2);
      points.push(cx + Math.cos(turn) * r, cy + Math.sin(turn) * r);
    }
  });
  return [points];
}

/** Straight lines through the points, closed. */
export const polygon = (points: Points): Contours => [points.flat()];

/** A smooth closed curve through the points (Catmull-Rom). */
export function smooth(points: Points): Contours {
  return [curve(points, true)];
}

/** A smooth open curve through the points, as a point list for strokes or as the top edge of a hill. */
export function smoothLine(points: Points): number[] {
  return curve(points, false);
}

/** The area between an open line (flat list) and a horizontal floor. */
export function downTo(line: readonly number[], floor: number): Contours {
  return [[...line, line.at(-2)!, floor, line[0]!, floor]];
}

/** A line of even `width` with round joins and ends. */
export function stroke(line: readonly number[], width: number): Contours {
  const half = width / 2;
  const contours: number[][] = [];
  for (let i = 0; i < line.length; i += 2) {
    const x = line[i]!;
    const y = line[i + 1]!;
    contours.push([...ellipse(x, y, half)[0]!]);
    if (i + 3 >= line.length) continue;
    const dx = line[i + 2]! - x;
    const dy = line[i + 3]! - y;
    const length = Math.hypot(dx, dy);
    if (length < 1e-6) continue;
    const nx = (-dy / length) * half;
    const ny = (dx / length) * half;
    // Wound like the round joins, so that overlaps add up to "covered" and never cancel out.
    contours.push([x + nx, y + ny, x - nx, y - ny, x + dx - nx, y + dy - ny, x + dx + nx, y + dy + ny]);
  }
  return contours;
}

function reversed(points: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i]!, points[i + 1]!);
  return out;
}

function curve(points: Points, closed: boolean): number[] {
  const out: number[] = [];
  const count = points.length;
  const at = (i: number) => points[closed ? (i + count) % count : Math.min(count - 1, Math.max(0, i))]!;
  const segments = closed ? count : count - 1;
  for (let i = 0; i < segments; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const steps = Math.max(3, Math.min(20, Math.ceil(Math.hypot(p2[0] - p1[0], p2[1] - p1[1]) / 6)));
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      out.push(spline(p0[0], p1[0], p2[0], p3[0], t), spline(p0[1], p1[1], p2[1], p3[1], t));
    }
  }
  if (!closed) out.push(...at(count - 1));
  return out;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}
