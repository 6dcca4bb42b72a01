import { StepError } from "../protocol/failure.ts";

const PARTS =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const UNITS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000];
const MOST_MS = 10 * 366 * 86_400_000;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds: `P3D`, `PT36H`, `P1W`. Undefined for anything else: years and
 * months have no fixed length; nothing at all and more than ten years are refused too.
 */
export function parseDuration(text: string): number | undefined {
  const found = PARTS.exec(text.trim());
  const parts = found?.slice(1) ?? [];
  if (!found || /T$/i.test(text.trim()) || parts.every((part) => part === undefined)) return undefined;
  const ms = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (UNITS[index] ?? 0), 0);
  return ms > 0 && ms <= MOST_MS ? Math.round(ms) : undefined;
}

/** The same; throws StepError BAD_DURATION. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new StepError("BAD_DURATION", `${JSON.stringify(text)} is not a duration like P3D, PT36H or P1W.`);
}
