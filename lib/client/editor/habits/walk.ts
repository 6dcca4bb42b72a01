import type { Point } from "../state.ts";

export type Direction = "left" | "right" | "up" | "down";
type Placed = { id: string; center: Point };

const AXES: Record<Direction, { along: "x" | "y"; sign: 1 | -1 }> = {
  left: { along: "x", sign: -1 },
  right: { along: "x", sign: 1 },
  up: { along: "y", sign: -1 },
  down: { along: "y", sign: 1 },
};

/** The nearest node on that side: what lies straight ahead counts nearer than what lies aside. Undefined at the edge. */
export function nearest(from: Placed, others: readonly Placed[], direction: Direction): string | undefined {
  const { along, sign } = AXES[direction];
  const across = along === "x" ? "y" : "x";
  let best: { id: string; cost: number } | undefined;
  for (const { id, center } of others) {
    const ahead = (center[along] - from.center[along]) * sign;
    if (id === from.id || ahead <= 0) continue;
    const aside = Math.abs(center[across] - from.center[across]);
    const cost = ahead + aside * 2 + (aside > ahead * 2 ? 10_000 : 0);
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}

/** A place for a new node that covers none that is there: down from where it was asked for. */
export function freePlace(
  at: Point,
  size: { width: number; height: number },
  boxes: readonly { x: number; y: number; width: number; height: number }[],
): Point {
  const gap = 24;
  let { x, y } = at;
  for (let tries = 0; tries < 200; tries += 1) {
    const hit = boxes.find(
      (box) =>
        x < box.x + box.width + gap &&
        x + size.width + gap > box.x &&
        y < box.y + box.height + gap &&
        y + size.height + gap > box.y,
    );
    if (!hit) break;
    y = hit.y + hit.height + gap;
  }
  return { x: Math.round(x), y: Math.round(y) };
}
