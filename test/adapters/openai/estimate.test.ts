import { describe, expect, it } from "vitest";
import { estimate } from "#lib/adapters/openai/estimate.ts";
import { asset, COST, judge, oneshot, talk, turn } from "./wire-samples.ts";

describe("the upper bound of a request", () => {
  it("lies above what the sample answers cost", () => {
    expect(estimate(turn())).toBeGreaterThan(COST);
    expect(estimate(judge())).toBeGreaterThan(2520);
    expect(estimate(talk())).toBeGreaterThan(2520);
  });

  it("grows with everything that may cost more", () => {
    const plain = estimate(turn());
    const dearer = [
      turn({ previousResponseId: "resp_0" }),
      turn({
        parts: [
          { type: "text", text: "A trail sneaker" },
          { type: "image", asset: asset("a") },
        ],
      }),
      turn({ model: "gpt-6-astra" }),
      turn({}, { quality: "max" }),
      turn({}, { size: "2048x2048" }),
      turn({}, { partials: 3 }),
      turn({}, { mask: asset("b") }),
    ];
    for (const request of dearer) expect(estimate(request)).toBeGreaterThan(plain);
    expect(estimate(oneshot({ n: 4 }))).toBe(4 * estimate(oneshot()));
  });

  it("takes auto quality for high, so that nothing the model chooses is dearer", () => {
    expect(estimate(turn({}, { quality: "auto" }))).toBe(estimate(turn()));
  });

  it("is lower where the sizes of pictures and of the earlier conversation are known, and never for what is larger", () => {
    const shown = turn({ previousResponseId: "resp_0", parts: [{ type: "image", asset: asset("a") }] });
    const known = (side: number, tokens: number) =>
      estimate(shown, { pixels: new Map([[asset("a"), side * side]]), earlier: { tokens, pixels: side * side } });
    expect(known(512, 3000)).toBeLessThan(known(1024, 3000));
    expect(known(1024, 3000)).toBeLessThan(known(1024, 30_000));
    expect(known(2880, 43_600)).toBeLessThanOrEqual(estimate(shown));
  });

  it.each([
    ["an unknown image model", turn({}, { imageModel: "gpt-image-9" }), /gpt-image-9/],
    ["an unknown text model", turn({ model: "my-llm" }), /my-llm/],
    ["a known model without a price", judge({ model: "gpt-5.5" }), /gpt-5\.5/],
    ["the one-shot lane", oneshot({ imageModel: "gpt-image-1-mini" }), /gpt-image-1-mini/],
  ])("BU-002 is refused for %s, never counted as zero", (_name, request, named) => {
    expect(() => estimate(request)).toThrow(named);
    expect(() => estimate(request)).toThrow(expect.objectContaining({ kind: "rejected", code: "NO_PRICE" }));
  });
});
