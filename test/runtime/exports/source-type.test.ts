import { describe, expect, it } from "vitest";
import type { AssetId, Provenance } from "#lib/protocol/values.ts";
import { localChain } from "#lib/runtime/exports/lineage.ts";
import { sourceTypeOf } from "#lib/runtime/exports/source-type.ts";

const id = (letter: string): AssetId => `sha256:${letter.repeat(64)}`;
const known = (pictures: Record<string, Provenance>) =>
  new Map(Object.entries(pictures).map(([letter, made]) => [id(letter), { asset: id(letter), made }]));
const from = (letters: string, op: string): Provenance => ({
  by: "local",
  parents: [...letters].map(id),
  steps: [{ op, params: {} }],
});
const drawn: Provenance = { by: "model" };
const photo: Provenance = { by: "upload" };
const typeOf = (pictures: Record<string, Provenance>) => sourceTypeOf(id("z"), known(pictures));

describe("how a picture came to be, in IPTC's words", () => {
  it.each<[string, string | undefined, Record<string, Provenance>]>([
    ["a drawing of a model", "trainedAlgorithmicMedia", { z: drawn }],
    [
      "a graded, resized drawing is still one",
      "trainedAlgorithmicMedia",
      { a: drawn, b: from("a", "grade"), z: from("b", "resize") },
    ],
    [
      "a look matched to a photograph brings no pixels of it",
      "trainedAlgorithmicMedia",
      { a: drawn, p: photo, z: from("ap", "grade") },
    ],
    [
      "a photograph kept around what was drawn",
      "compositeWithTrainedAlgorithmicMedia",
      { a: drawn, p: photo, z: from("ap", "lock") },
    ],
    ["the best of two drawings", "trainedAlgorithmicMedia", { a: drawn, b: drawn, z: from("ab", "keep-region") }],
    [
      "a drawing set into a photograph",
      "compositeWithTrainedAlgorithmicMedia",
      { p: photo, a: drawn, z: from("pa", "keep-region") },
    ],
    ["a logo over it", "compositeWithTrainedAlgorithmicMedia", { a: drawn, l: photo, z: from("al", "overlay") }],
    [
      "an edited photograph",
      "compositeWithTrainedAlgorithmicMedia",
      { p: photo, z: { ...drawn, parents: [id("p")], asked: { action: "edit" } } },
    ],
    [
      "a drawing after references",
      "trainedAlgorithmicMedia",
      { p: photo, q: photo, z: { ...drawn, parents: [id("p"), id("q")], asked: { op: "edit" } } },
    ],
    ["the simulator", "algorithmicMedia", { z: { ...drawn, simulated: true } }],
    [
      "lettering over the simulator",
      "compositeSynthetic",
      { a: { ...drawn, simulated: true }, z: from("a", "overlay") },
    ],
    [
      "one real part makes it real",
      "trainedAlgorithmicMedia",
      { a: { ...drawn, simulated: true }, b: drawn, z: from("ab", "lock") },
    ],
    ["a photograph, even graded", undefined, { p: photo, z: from("p", "grade") }],
    ["something nothing is known of", undefined, {}],
    ["a circle in a damaged record", undefined, { y: from("z", "grade"), z: from("y", "grade") }],
  ])("%s: %s", (_what, type, pictures) => {
    expect(typeOf(pictures)).toBe(type);
  });

  it("the way back ends at what a model drew, and never turns in circles", () => {
    const way = known({ p: photo, a: { ...drawn, parents: [id("p")] }, b: from("a", "grade"), z: from("b", "resize") });
    expect(localChain(id("z"), way).map(({ asset }) => asset)).toEqual([id("a"), id("b"), id("z")]);
    expect(localChain(id("z"), known({ y: from("z", "grade"), z: from("y", "grade") }))).toHaveLength(2);
    expect(localChain(id("z"), new Map())).toEqual([{ asset: id("z") }]);
  });
});
