import { setImmediate as breathe } from "node:timers/promises";

const BAND_PIXELS = 200_000;

/** Calls `work(from, to)` over bands of rows and lets other work of the process in between: a large picture must not stop the server. */
export async function inBands(width: number, height: number, work: (from: number, to: number) => void): Promise<void> {
  const rows = Math.max(1, Math.floor(BAND_PIXELS / width));
  for (let from = 0; from < height; from += rows) {
    work(from, Math.min(height, from + rows));
    if (from + rows < height) await breathe();
  }
}
