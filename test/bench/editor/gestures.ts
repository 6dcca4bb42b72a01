import type { Page } from "playwright-core";
import { quantile } from "../figures.ts";

/** Moves of the mouse in one gesture, and how far each goes in pixels. */
const MOVES = 70;
const PACE = 5;

declare global {
  interface Window {
    benchFrames: number[];
    benchUsable?: number;
  }
}

/**
 * Runs before the page: notes every frame, and when the page could first be used: cards are there, their pictures have come, and three
 * frames in a row came in time.
 */
export function watchFrames(): void {
  window.benchFrames = [];
  let last = performance.now();
  let calm = 0;
  const frame = (now: number) => {
    window.benchFrames.push(now - last);
    calm = now - last < 50 ? calm + 1 : 0;
    last = now;
    if (window.benchUsable === undefined && calm >= 3 && document.querySelector(".react-flow__node")) {
      const pictures = [...document.querySelectorAll<HTMLImageElement>(".react-flow__node img")];
      if (pictures.length > 0 && pictures.every(({ complete }) => complete)) window.benchUsable = now;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Milliseconds from the start of the navigation until the page could be used. */
export async function usableAfter(page: Page): Promise<number> {
  await page.waitForFunction(() => window.benchUsable !== undefined, undefined, { timeout: 120_000 });
  return page.evaluate(() => window.benchUsable ?? 0);
}

/** The time within which 95 % of the frames came while the mouse drags from a place with a button held. Milliseconds. */
async function dragFrames(page: Page, from: { x: number; y: number }, button: "left" | "middle"): Promise<number> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.evaluate(() => {
    window.benchFrames = [];
  });
  for (let move = 1; move <= MOVES; move += 1) {
    const there = move <= MOVES / 2 ? move : MOVES - move;
    await page.mouse.move(from.x + 10 + there * PACE, from.y + 10 + there * 2);
  }
  const frames = await page.evaluate(() => window.benchFrames);
  await page.mouse.up({ button });
  return quantile(frames, 0.95);
}

/** Frames while the view is moved by the middle button, from a place where there is no card. */
export async function panning(page: Page): Promise<number> {
  return dragFrames(page, await emptyPlace(page), "middle");
}

/** Frames while one card is dragged. */
export async function dragging(page: Page): Promise<number> {
  const at = await page.evaluate(() => {
    const [x, y] = [innerWidth * 0.4, innerHeight / 2];
    const boxes = [...document.querySelectorAll(".react-flow__node")].map((card) => card.getBoundingClientRect());
    const away = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - x, box.y + 8 - y);
    const box = boxes.sort((a, b) => away(a) - away(b))[0];
    return box && { x: box.x + box.width / 2, y: box.y + Math.min(14, box.height / 2) };
  });
  if (!at) throw new Error("There is no card on the screen.");
  return dragFrames(page, at, "left");
}

const emptyPlace = (page: Page): Promise<{ x: number; y: number }> =>
  page.evaluate(() => {
    for (let y = innerHeight * 0.4; y < innerHeight * 0.8; y += 3)
      for (let x = innerWidth * 0.25; x < innerWidth * 0.6; x += 3)
        if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane")) return { x, y };
    throw new Error("There is no empty place on the screen.");
  });
