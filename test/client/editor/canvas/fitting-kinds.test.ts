import { expect, it } from "vitest";
import { fittingKinds } from "#lib/client/editor/canvas/fitting-kinds.ts";

it("a wire shows the kinds it may end at, from either side", () => {
  expect(fittingKinds("out", "image")).toEqual(["image", "thread", "any"]);
  expect(fittingKinds("in", "text")).toEqual(["text", "number", "spec", "verdict", "any"]);
  expect(fittingKinds("in", "mask")).toEqual(["mask", "any"]);
});
