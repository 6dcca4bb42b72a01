import { expect, test } from "vitest";
import { durationMs, parseDuration } from "#lib/sdk/index.ts";

const HOUR = 3_600_000;

test.each([
  ["P3D", 72 * HOUR],
  ["PT36H", 36 * HOUR],
  ["P1W", 168 * HOUR],
  ["P1DT12H30M", 36.5 * HOUR],
  ["PT0.5S", 500],
  [" p2d ", 48 * HOUR],
])("%s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "3 days", "P", "PT", "P1DT", "P1M", "P1Y", "P-1D", "P0D", "PT0S", "P99999D", "P1D extra", "P1H"])(
  "%j is no length of time",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(() => durationMs(text)).toThrow(/P3D/);
  },
);
