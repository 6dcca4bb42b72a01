import { describe, expect, test } from "vitest";
import { type FileValue, type ImageValue, ownVerdicts, type VerdictValue } from "#lib/sdk/index.ts";

const asset = (name: string) => `sha256:${name.repeat(64).slice(0, 64)}`;
const image = (name: string, more: Partial<ImageValue> = {}): ImageValue => ({
  kind: "image",
  asset: asset(name),
  width: 8,
  height: 8,
  mediaType: "image/png",
  made: { by: "model" },
  ...more,
});
const verdict = (of: string | undefined, score: number): VerdictValue => ({
  kind: "verdict",
  ...(of === undefined ? {} : { of: asset(of) }),
  score,
  passed: true,
  decision: "pass",
  checks: [],
  notes: "",
});
const scores = (lists: VerdictValue[][]) => lists.map((list) => list.map(({ score }) => score));

describe("whose verdict is whose", () => {
  test("four pictures and four verdicts in another order", () => {
    const pictures = ["a", "b", "c", "d"].map((name) => image(name));
    const wired = [verdict("c", 3), verdict("a", 1), verdict("d", 4), verdict("b", 2)];
    expect(scores(ownVerdicts(pictures, wired))).toEqual([[1], [2], [3], [4]]);
  });

  test("what was cropped or graded since keeps the verdict of the picture it was made from", () => {
    const cropped = image("e", { made: { by: "local", parents: [asset("a")] } });
    const twice = image("f", { made: { by: "local", parents: [asset("e")] }, verdicts: [verdict("a", 1)] });
    expect(scores(ownVerdicts([cropped, twice], [verdict("b", 2), verdict("a", 1)]))).toEqual([[1], [1]]);
  });

  test("what a model drew from a picture does not inherit what was said of that one", () => {
    const second = image("b", { made: { by: "model", parents: [asset("a")] }, verdicts: [verdict("b", 0.9)] });
    expect(scores(ownVerdicts([second], [verdict("a", 0.5), verdict("b", 0.9)]))).toEqual([[0.9]]);
  });

  test("a file has the verdicts of the picture it holds", () => {
    const file = { kind: "file", asset: asset("9"), image: image("a", { verdicts: [verdict("a", 1)] }) } as FileValue;
    expect(scores(ownVerdicts([file, { ...file, image: undefined }], [verdict("a", 1)]))).toEqual([[1], []]);
  });

  test("verdicts that do not say what they are about go by their place, or to all", () => {
    const pictures = [image("a"), image("b")];
    expect(scores(ownVerdicts(pictures, [verdict(undefined, 1), verdict(undefined, 2)]))).toEqual([[1], [2]]);
    expect(scores(ownVerdicts(pictures, [verdict(undefined, 1)]))).toEqual([[1], [1]]);
  });
});
