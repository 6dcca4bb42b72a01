import { noteBox } from "#lib/client/editor/paint/marks.ts";
import { drawingOf, type Mark } from "#lib/protocol/marks.ts";

/** Draws a mark in picture pixels, as the server will: round lines, a filled head, a note's words on a ground of their own. */
export function drawMark(context: CanvasRenderingContext2D, mark: Mark): void {
  context.lineJoin = "round";
  context.lineCap = "round";
  context.lineWidth = mark.width;
  context.strokeStyle = mark.color;
  context.fillStyle = mark.color;
  if (mark.kind === "note") {
    drawNote(context, mark);
    return;
  }
  const { lines, head } = drawingOf(mark);
  for (const line of lines) {
    context.beginPath();
    for (const [i, [x, y]] of line.entries()) i === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
    if (line.length === 1 && line[0]) context.lineTo(line[0][0], line[0][1]);
    context.stroke();
  }
  if (!head) return;
  context.beginPath();
  for (const [x, y] of head) context.lineTo(x, y);
  context.closePath();
  context.fill();
}

function drawNote(context: CanvasRenderingContext2D, note: Extract<Mark, { kind: "note" }>): void {
  const lines = (note.text || "Note").split("\n");
  context.font = `bold ${note.size}px sans-serif`;
  context.textBaseline = "top";
  const { x, y, h, pad } = noteBox(note);
  const wide = Math.max(...lines.map((line) => context.measureText(line).width));
  context.fillStyle = isLight(note.color) ? "rgb(20 20 20 / 0.82)" : "rgb(250 250 250 / 0.82)";
  context.fillRect(x, y, wide + 2 * pad, h);
  context.fillStyle = note.color;
  context.globalAlpha = note.text ? 1 : 0.6;
  for (const [i, line] of lines.entries()) context.fillText(line, x + pad, y + pad + i * note.size * 1.25);
  context.globalAlpha = 1;
}

/** Draws a dashed outline around what is selected. */
export function drawSelection(context: CanvasRenderingContext2D, mark: Mark, scale: number): void {
  const points =
    mark.kind === "note"
      ? (({ x, y, w, h }) => [
          [x, y],
          [x + w, y + h],
        ])(noteBox(mark))
      : drawingOf(mark)
          .lines.flat()
          .concat(drawingOf(mark).head ?? []);
  const [xs, ys] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)];
  const pad = mark.width / 2 + 6 / scale;
  const [left, top] = [Math.min(...xs) - pad, Math.min(...ys) - pad];
  context.beginPath();
  context.rect(left, top, Math.max(...xs) + pad - left, Math.max(...ys) + pad - top);
  for (const [style, dash] of [
    ["rgb(0 0 0 / 0.7)", []],
    ["#ffffff", [5 / scale, 4 / scale]],
  ] as const) {
    context.setLineDash(dash);
    context.lineWidth = 1.5 / scale;
    context.strokeStyle = style;
    context.stroke();
  }
  context.setLineDash([]);
}

/** As the server decides which ground a colour stands out from. */
function isLight(hex: string): boolean {
  const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 110;
}
