import { expect, it } from "vitest";
import { ago, count, duration, usd } from "#lib/client/words.ts";

it.each([
  [0, "$0.00"],
  [0.0042, "$0.0042"],
  [0.5, "$0.50"],
  [12.345, "$12.35"],
])("%d USD is shown as %s", (amount, text) => expect(usd(amount)).toBe(text));

it.each([
  [-5, "0 ms"],
  [900, "900 ms"],
  [2_340, "2.3 s"],
  [45_000, "45 s"],
  [125_000, "2 min 5 s"],
  [7_260_000, "2 h 1 min"],
])("%d ms is shown as %s", (ms, text) => expect(duration(ms)).toBe(text));

it("says when something was", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  expect([30_000, 300_000, 7_200_000, 90_000_000, 400_000_000].map((back) => ago(now - back, now))).toEqual([
    "just now",
    "5 min ago",
    "2 h ago",
    "yesterday",
    "15 Nov 2026",
  ]);
});

it("counts", () => {
  expect([count(1, "picture"), count(2, "picture"), count(0, "try", "tries")]).toEqual([
    "1 picture",
    "2 pictures",
    "0 tries",
  ]);
});
