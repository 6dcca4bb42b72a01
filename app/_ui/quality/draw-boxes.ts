import type { VerdictLine } from "#lib/client/review/verdict-lines.ts";

/** Lines that look at the same corner write their numbers side by side: which of them this one is, from 0. */
export const placeOfNumber = (lines: readonly VerdictLine[], index: number): number =>
  lines.slice(0, index).filter(({ box }) => box?.slice(0, 2).join() === lines[index]?.box?.slice(0, 2).join()).length;

/** The boxes of lines over a picture on a canvas in picture pixels; `scale` is CSS pixels per picture pixel. Colors follow the theme of the page. */
export function drawBoxes(
  context: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
  lines: readonly VerdictLine[],
  scale: number,
): void {
  const theme = lines.length > 0 ? getComputedStyle(document.documentElement) : undefined;
  const pixel = 1 / scale;
  for (const [index, { box, passed, number }] of lines.entries()) {
    if (!box || !theme) continue;
    const [x = 0, y = 0, w = 0, h = 0] = box;
    const [left, top] = [x * width, y * height];
    const color = theme.getPropertyValue(passed ? "--done" : "--fail");
    context.lineWidth = 4 * pixel;
    context.strokeStyle = "rgb(0 0 0 / 0.6)";
    context.strokeRect(left, top, w * width, h * height);
    context.lineWidth = 2 * pixel;
    context.strokeStyle = color;
    context.strokeRect(left, top, w * width, h * height);
    context.fillStyle = color;
    const from = left + 18 * pixel * placeOfNumber(lines, index);
    context.fillRect(from, top, 18 * pixel, 18 * pixel);
    context.fillStyle = "black";
    context.font = `600 ${11 * pixel}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(number ?? ""), from + 9 * pixel, top + 9 * pixel);
  }
}
