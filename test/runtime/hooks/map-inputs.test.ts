import { describe, expect, test } from "vitest";
import { GraphInput } from "#lib/protocol/graph.ts";
import { inputsFrom, unknownInputs, valueAt } from "#lib/runtime/hooks/map-inputs.ts";

const inputs = ["title", "mood", "photo"].map((key) => GraphInput.parse({ key }));

describe("a body's way to the inputs", () => {
  test("what is always the same wins, then the path, then the property of the same name", () => {
    const hook = { mapping: { title: "post.title", photo: "post.images.1.src" }, inputs: { mood: "calm" } };
    const body = {
      title: "wrong",
      mood: "loud",
      post: { title: "Dawn", images: [{}, { src: "https://x.test/a.png" }] },
    };
    expect(inputsFrom(inputs, hook, body)).toEqual({ title: "Dawn", mood: "calm", photo: "https://x.test/a.png" });
    expect(inputsFrom(inputs, { mapping: {}, inputs: {} }, { title: "Dawn", other: 1, mood: null })).toEqual({
      title: "Dawn",
    });
  });

  test.each([
    "__proto__",
    "constructor",
    "constructor.name",
    "toString",
    "post.__proto__.polluted",
    "post.length",
    "list.length",
    "list.-1",
  ])("%s leads nowhere", (path) => {
    expect(valueAt({ post: {}, list: [1] }, path)).toBeUndefined();
  });

  test("an input that the template has not is told when the hook is made", () => {
    const problems = unknownInputs(inputs, { mapping: { titel: "a" }, inputs: { mod: 1 } });
    expect(problems.map(({ field }) => field)).toEqual(["mapping.titel", "inputs.mod"]);
  });
});
