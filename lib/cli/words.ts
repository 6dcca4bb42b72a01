import type { StepState } from "#lib/protocol/run.ts";
import type { Span, Style } from "./console.ts";

/** USD for people: four decimals below ten cents, two above; nothing spent is said as such. */
export function money(usd: number): string {
  if (usd === 0) return "free";
  return `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`;
}

/** "1 call", "3 calls". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

const STYLES: Record<string, Style> = {
  done: "green",
  cached: "cyan",
  succeeded: "green",
  skipped: "dim",
  failed: "red",
  blocked: "red",
  in_doubt: "yellow",
  waiting: "magenta",
  paused: "yellow",
  cancelled: "yellow",
  running: "blue",
};

/** A state in words, coloured where colour is shown, padded so that what follows lines up. */
export const stateSpan = (state: StepState | "cached" | string, width = 9): Span => [
  STYLES[state] ?? "bold",
  state.replace("_", " ").padEnd(width),
];

/** A point in time as UTC, to the second. */
export const when = (at: number): string => new Date(at).toISOString().replace("T", " ").slice(0, 19);

/** "340 ms", "12 s", "3 min 05 s". */
export function lasted(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  return `${Math.floor(ms / 60_000)} min ${String(Math.round((ms % 60_000) / 1000) % 60).padStart(2, "0")} s`;
}
