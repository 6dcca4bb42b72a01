import { describe, expect, it } from "vitest";
import { type ImageValue, type SpecValue, samplesToShow, type Turn } from "#lib/sdk/index.ts";

const sample: ImageValue = {
  kind: "image",
  asset: `sha256:${"a".repeat(64)}`,
  width: 8,
  height: 8,
  mediaType: "image/png",
  made: { by: "upload" },
};
const sheet: SpecValue = { kind: "spec", name: "Alpine", text: "Cold light.", hash: "h1", samples: [sample] };
const turn = (specHash?: string): Turn => ({
  responseId: "resp_1",
  specHash,
  depth: 1,
  provider: "simulator",
  createdAt: 0,
});

describe("samples of a sheet", () => {
  it("are shown on the first turn of a conversation", () => {
    expect(samplesToShow(sheet, undefined)).toEqual([sample]);
  });
  it("are not shown again while the conversation goes on under the same sheet", () => {
    expect(samplesToShow(sheet, turn("h1"))).toEqual([]);
  });
  it("are shown when the conversation changes to this sheet", () => {
    expect(samplesToShow(sheet, turn("h0"))).toEqual([sample]);
  });
  it("are none without a sheet or in a sheet without any", () => {
    expect(samplesToShow(undefined, undefined)).toEqual([]);
    expect(samplesToShow({ ...sheet, samples: undefined }, undefined)).toEqual([]);
  });
});
