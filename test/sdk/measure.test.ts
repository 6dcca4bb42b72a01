import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Measurement,
  measureAlpha,
  measureAspect,
  measureBytes,
  measureDimensions,
  measureDrift,
  measurePalette,
  measureSharpness,
  measureSimilarity,
  measureText,
  UNMET_MOST,
} from "#lib/sdk/measure.ts";

const size = (width: number, height: number) => ({ width, height });
const like = (both: number, layout = both, colors = both) => ({ both, layout, colors });
const same = { match: "contains", caseSensitive: false } as const;
const short = ({ passed, score }: Measurement) => [passed, Number(score.toFixed(4))];

describe("met or not, and what a missed demand still counts", () => {
  it.each([
    ["exact size", measureDimensions({ ...size(1024, 768), compare: "exactly" }, size(1024, 768)), [true, 1]],
    [
      "one pixel off",
      measureDimensions({ ...size(1024, 1024), compare: "exactly" }, size(1024, 1023)),
      [false, 0.7493],
    ],
    ["half as wide", measureDimensions({ ...size(1024, 768), compare: "exactly" }, size(512, 768)), [false, 0.375]],
    [
      "larger than at least",
      measureDimensions({ ...size(1000, 500), compare: "at-least" }, size(1000, 900)),
      [true, 1],
    ],
    [
      "lower than at least",
      measureDimensions({ ...size(1000, 500), compare: "at-least" }, size(2000, 250)),
      [false, 0.375],
    ],
    [
      "wider than at most",
      measureDimensions({ ...size(1000, 500), compare: "at-most" }, size(2000, 250)),
      [false, 0.375],
    ],
    ["proportions", measureAspect({ ratio: "16:9", tolerance: 0.01 }, size(1920, 1080)), [true, 1]],
    ["proportions by number", measureAspect({ ratio: 1.5, tolerance: 0 }, size(1536, 1024)), [true, 1]],
    ["just within the tolerance", measureAspect({ ratio: 1, tolerance: 0.01 }, size(101, 100)), [true, 1]],
    ["just beyond it", measureAspect({ ratio: 1, tolerance: 0.01 }, size(1011, 1000)), [false, 0.7418]],
    ["twice as wide", measureAspect({ ratio: "1:1", tolerance: 0.01 }, size(200, 100)), [false, 0.375]],
    ["upright for lying", measureAspect({ ratio: "2:1", tolerance: 0.01 }, size(100, 200)), [false, 0.1875]],
    ["some transparency", measureAlpha({ required: true }, { channel: true, transparent: 0.001 }), [true, 1]],
    ["no transparency", measureAlpha({ required: true }, { channel: true, transparent: 0 }), [false, 0]],
    ["none wanted, none there", measureAlpha({ required: false }, { channel: true, transparent: 0 }), [true, 1]],
    [
      "none wanted, a fifth there",
      measureAlpha({ required: false }, { channel: true, transparent: 0.2 }),
      [false, 0.6],
    ],
    ["small enough", measureBytes({ max: 1000 }, 1000), [true, 1]],
    ["twice too large", measureBytes({ max: 1000 }, 2000), [false, 0.375]],
    ["sharp enough", measureSharpness({ min: 50 }, 50), [true, 1]],
    ["half as sharp", measureSharpness({ min: 50 }, 25), [false, 0.375]],
    ["nothing demanded", measureSharpness({ min: 0 }, 0), [true, 1]],
    ["near enough", measureSimilarity({ by: "both", min: 0.6 }, [like(0.6)]), [true, 1]],
    ["half as near", measureSimilarity({ by: "both", min: 0.6 }, [like(0.3)]), [false, 0.375]],
    ["too near", measureSimilarity({ by: "both", max: 0.8 }, [like(0.9)]), [false, 0.375]],
    ["between the bounds", measureSimilarity({ by: "both", min: 0.3, max: 0.8 }, [like(0.5)]), [true, 1]],
    ["a copy where none is allowed", measureSimilarity({ by: "both", max: 0.9 }, [like(1)]), [false, 0]],
    ["little drift", measureDrift({ max: 0.2 }, 0.2), [true, 1]],
    ["twice the drift", measureDrift({ max: 0.2 }, 0.4), [false, 0.375]],
    ["any drift where none is allowed", measureDrift({ max: 0 }, 0.01), [false, 0]],
    ["the text", measureText({ expected: "Sale", minScore: 1, ...same }, "SALE"), [true, 1]],
    ["half the text", measureText({ expected: "Sale", minScore: 1, ...same }, "sa--"), [false, 0.375]],
    ["no text", measureText({ expected: "Sale", minScore: 0.9, ...same }, ""), [false, 0]],
  ])("%s", (_name, measurement, expected) => expect(short(measurement)).toEqual(expected));

  it("palette: exactly the demanded share passes", () => {
    const check = { colors: ["#ff0000"], maxDeltaE: 5, coverage: 0.6 };
    expect(short(measurePalette(check, { coverage: 0.6, visible: 100 }))).toEqual([true, 1]);
    expect(short(measurePalette(check, { coverage: 0.3, visible: 100 }))).toEqual([false, 0.375]);
    expect(short(measurePalette(check, { coverage: 0, visible: 0 }))).toEqual([false, 0]);
  });

  it("of several references the most like one counts, for the least and for the most", () => {
    const three = [like(0.2), like(0.7, 0.5, 0.98), like(0.4)];
    expect(measureSimilarity({ by: "both", min: 0.6 }, three)).toMatchObject({ passed: true, value: 0.7 });
    expect(measureSimilarity({ by: "both", max: 0.6 }, three)).toMatchObject({ passed: false, value: 0.7 });
    expect(measureSimilarity({ by: "layout", min: 0.6 }, three)).toMatchObject({ passed: false, value: 0.5 });
  });

  it("without a locked mask drift passes, says so and does not count", () => {
    expect(measureDrift({ max: 0 }, undefined)).toEqual({
      score: 1,
      passed: true,
      measured: false,
      reason: "No mask was locked, so there is no drift to measure.",
    });
  });
});

describe("the curve", () => {
  const amounts = fc.double({ min: 0, max: 5000, noNaN: true });
  const shares = fc.double({ min: 0, max: 1, noNaN: true });
  const curves: [string, fc.Arbitrary<number>, (demand: number, is: number) => Measurement, 1 | -1][] = [
    ["sharpness", amounts, (min, is) => measureSharpness({ min }, is), 1],
    [
      "palette",
      shares,
      (coverage, is) => measurePalette({ colors: ["#fff"], maxDeltaE: 1, coverage }, { coverage: is, visible: 1 }),
      1,
    ],
    ["similarity, least", shares, (min, is) => measureSimilarity({ by: "both", min }, [like(is)]), 1],
    ["similarity, most", shares, (max, is) => measureSimilarity({ by: "both", max }, [like(is)]), -1],
    ["drift", shares, (max, is) => measureDrift({ max }, is), -1],
    ["bytes", fc.integer({ min: 1, max: 9_000_000 }), (max, is) => measureBytes({ max }, is), -1],
  ];
  it.each(curves)(
    "%s: 1 exactly when met, at most 0.75 when not, and never better for being further off",
    (_name, of, measure, way) => {
      fc.assert(
        fc.property(of, of, of, (demand, one, other) => {
          for (const is of [one, other]) {
            const { score, passed, wanted, measured } = measure(demand, is);
            expect(passed).toBe(way === 1 ? is >= demand : is <= demand);
            expect(measured).toBe(true);
            expect(score).toSatisfy((s: number) => (passed ? s === 1 : s >= 0 && s <= UNMET_MOST));
            expect(wanted === undefined).toBe(passed);
          }
          const [better, worse] = (one - other) * way > 0 ? [one, other] : [other, one];
          expect(measure(demand, better).score).toBeGreaterThanOrEqual(measure(demand, worse).score);
        }),
      );
    },
  );
});

describe("reasons", () => {
  it.each([
    [
      measureDimensions({ ...size(1024, 1024), compare: "exactly" }, size(1536, 1024)),
      "The picture is 1536 × 1024 px; 1024 × 1024 px is demanded.",
      "Draw it at 1024 × 1024 px.",
    ],
    [
      measureAspect({ ratio: "16:9", tolerance: 0.01 }, size(1024, 1024)),
      "The proportions are 1 (1024 × 1024); 16:9 (1.778) is demanded, give or take 1 %.",
      "Draw it in the proportions 16:9.",
    ],
    [
      measureAlpha({ required: true }, { channel: false, transparent: 0 }),
      "Every pixel is opaque; transparency is demanded.",
      "Make the background transparent.",
    ],
    [
      measureAlpha({ required: true }, { channel: true, transparent: 0 }),
      "The picture has an alpha channel, but every pixel is opaque; transparency is demanded.",
      "Make the background transparent.",
    ],
    [
      measureBytes({ max: 500_000 }, 1_234_567),
      "The file has 1,234,567 bytes; at most 500,000 are demanded.",
      "Draw it simpler, with plain areas and little grain, so that its file becomes smaller.",
    ],
    [
      measureSharpness({ min: 50 }, 12.34),
      "Sharpness is 12.3; at least 50 is demanded.",
      "Draw it sharper, with crisp edges and fine detail.",
    ],
    [
      measurePalette(
        { colors: ["#ff6600", "#003366"], maxDeltaE: 10, coverage: 0.6 },
        { coverage: 0.421, visible: 9, stray: { color: "#7a3b20", share: 0.12 } },
      ),
      "42.1 % of the picture is within ΔE 10 of the palette; at least 60 % is demanded. The most common other color is about #7a3b20 (12 %).",
      "Use more of #ff6600 and #003366 and less of #7a3b20.",
    ],
    [
      measureSimilarity({ by: "both", min: 0.6 }, [like(0.2), like(0.41, 0.2, 0.85)]),
      "Similarity to the most like of 2 references is 0.41 (layout 0.2, colors 0.85); at least 0.6 is demanded.",
      "Come closer to the reference in layout and colors.",
    ],
    [
      measureSimilarity({ by: "colors", min: 0.1, max: 0.5 }, [like(0.9)]),
      "Similarity to the reference is 0.9; at least 0.1 and at most 0.5 is demanded.",
      "Move further away from the reference in colors.",
    ],
    [
      measureDrift({ max: 0.05 }, 0.3),
      "30 % of the pixels outside the mask were changed; at most 5 % is demanded.",
      "Change nothing outside the masked part.",
    ],
    [
      measureText({ expected: "Summer sale", minScore: 0.98, ...same }, "SUMER SALE\n50 % off"),
      'The picture reads "SUMER SALE": 90.9 % of "Summer sale"; at least 98 % is demanded.',
      'Write exactly "Summer sale", letter by letter.',
    ],
    [
      measureText({ expected: "Sale", minScore: 0.98, ...same }, " "),
      'No text was read: 0 % of "Sale"; at least 98 % is demanded.',
      'Write exactly "Sale", letter by letter.',
    ],
  ])("%#", (measurement, reason, wanted) => expect(measurement).toMatchObject({ reason, wanted, passed: false }));

  it("a number that rounds to the demanded one is written until it differs", () => {
    const { reason } = measurePalette(
      { colors: ["#fff"], maxDeltaE: 5, coverage: 0.6 },
      { coverage: 0.59996, visible: 9 },
    );
    expect(reason).toMatch(/^59\.996 % .* at least 60 % is demanded/);
    expect(measureSharpness({ min: 50 }, 49.999).reason).toBe("Sharpness is 49.999; at least 50 is demanded.");
  });
});
