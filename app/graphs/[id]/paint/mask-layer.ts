import type { Box, Levels } from "#lib/client/editor/paint/rasterise.ts";

/** Shows a part of a mask on a canvas of its size: the colour where it marks, as strong as it marks. */
export function showLevels(canvas: HTMLCanvasElement, levels: Levels, hex: string, box?: Box, invert = false): void {
  const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: levels.width - 1, bottom: levels.height - 1 };
  const [width, height] = [right - left + 1, bottom - top + 1];
  if (width <= 0 || height <= 0) return;
  const number = Number.parseInt(hex.slice(1), 16);
  const shown = new ImageData(width, height);
  const colors = new Uint32Array(shown.data.buffer);
  // Little-endian, as every browser's machine is: alpha, blue, green, red.
  const color = ((number & 0xff) << 16) | (number & 0xff00) | (number >> 16);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * levels.width + left;
    for (let x = 0; x < width; x++) {
      const level = levels.data[from + x] as number;
      colors[y * width + x] = ((invert ? 255 - level : level) << 24) | color;
    }
  }
  canvas.getContext("2d")?.putImageData(shown, left, top);
}
