import { describe, expect, it } from "vitest";
import { fullInWords, MOST_POINTS, simplified } from "#lib/client/editor/paint/simplify.ts";
import { firstStep, stepAgain, stepBack, stepped } from "#lib/client/editor/paint/steps.ts";

describe("simplified strokes", () => {
  it("a straight line keeps its ends, a corner stays", () => {
    const line = Array.from({ length: 100 }, (_, x): [number, number] => [x, 0]);
    expect(simplified(line, 10)).toEqual([
      [0, 0],
      [99, 0],
    ]);
    const corner = [...line, ...Array.from({ length: 50 }, (_, y): [number, number] => [99, y + 1])];
    expect(simplified(corner, 10)).toEqual([
      [0, 0],
      [99, 0],
      [99, 50],
    ]);
  });

  it("every point left out lies close to the line that stays", () => {
    const wave = Array.from({ length: 2000 }, (_, i): [number, number] => [i / 4, 40 * Math.sin(i / 60)]);
    const kept = simplified(wave, 10);
    expect(kept.length).toBeLessThan(300);
    const off = Math.max(
      ...wave.map(([x, y]) => {
        const right = kept.findIndex(([kx]) => kx >= x);
        const [ax, ay] = kept[Math.max(0, right - 1)] ?? [0, 0];
        const [bx, by] = kept[Math.max(0, right)] ?? [0, 0];
        return Math.abs(bx === ax ? y - ay : y - (ay + ((x - ax) / (bx - ax)) * (by - ay)));
      }),
    );
    expect(off).toBeLessThan(1);
  });

  it("a change of pen pressure on a straight line stays", () => {
    const kept = simplified(
      [
        [0, 0, 0.2],
        [50, 0, 1],
        [100, 0, 0.2],
      ],
      20,
    );
    expect(kept).toHaveLength(3);
  });

  it("a stroke never has more points than a mask takes", () => {
    const wild = Array.from({ length: 40_000 }, (_, i): [number, number] => [
      i % 2 === 0 ? i / 50 : 900,
      (i * 37) % 900,
    ]);
    expect(simplified(wild, 10).length).toBeLessThanOrEqual(MOST_POINTS);
  });

  it("what is full is said in words", () => {
    expect(fullInWords(1999)).toBeUndefined();
    expect(fullInWords(2000)).toMatch(/at most 2,000 strokes/);
  });
});

describe("undo inside a dialog", () => {
  it("goes back and forth; one slider is one step", () => {
    let steps = stepped(firstStep(0), 1);
    for (const value of [5, 6, 7]) steps = stepped(steps, value, "grow");
    expect(stepBack(steps).now).toBe(1);
    expect(stepAgain(stepBack(steps)).now).toBe(7);
    expect(stepBack(firstStep("a")).now).toBe("a");
    expect(stepped(stepBack(steps), 9).future).toEqual([]);
  });
});
