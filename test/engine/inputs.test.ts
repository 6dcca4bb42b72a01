import { describe, expect, test } from "vitest";
import { resolveInputs } from "#lib/engine/inputs.ts";
import { GraphInput } from "#lib/protocol/graph.ts";
import { asset } from "./small-values.ts";

const inputs = (...given: Record<string, unknown>[]) => given.map((input) => GraphInput.parse(input));
const resolve = (input: Record<string, unknown>, value: unknown) => {
  const { values, problems } = resolveInputs(inputs({ key: "x", ...input }), value === undefined ? {} : { x: value });
  return problems.length > 0 ? problems.map(({ code }) => code).join() : values.x;
};

describe("one value", () => {
  test.each([
    ["text", "a", "a"],
    ["text", 5, "5"],
    ["text", "", ""],
    ["text", { a: 1 }, "BAD_INPUT"],
    ["longtext", "x".repeat(64 * 1024), "x".repeat(64 * 1024)],
    ["longtext", "x".repeat(64 * 1024 + 1), "STRING_TOO_LONG"],
    ["number", "2.5", 2.5],
    ["number", " 7 ", 7],
    ["number", "", undefined],
    ["number", "seven", "BAD_INPUT"],
    ["number", "1e999", "BAD_INPUT"],
    ["number", true, "BAD_INPUT"],
    ["boolean", "Yes", true],
    ["boolean", "0", false],
    ["boolean", false, false],
    ["boolean", "maybe", "BAD_INPUT"],
    ["boolean", [], "BAD_INPUT"],
    ["color", "#F80", "#ff8800"],
    ["color", "1A2B3C4D", "#1a2b3c4d"],
    ["color", "red", "BAD_INPUT"],
    ["image", { asset: asset("a"), note: "n" }, { asset: asset("a"), note: "n" }],
    ["image", asset("a"), { asset: asset("a") }],
    ["image", [asset("a")], { asset: asset("a") }],
    ["image", [asset("a"), asset("b")], "BAD_INPUT"],
    ["image", "picture.png", "BAD_INPUT"],
  ])("%s: %j → %j", (type, given, wanted) => expect(resolve({ type }, given)).toEqual(wanted));

  test("numbers keep to their bounds", () => {
    expect(resolve({ type: "number", min: 1, max: 4 }, "4")).toBe(4);
    expect(resolve({ type: "number", min: 1 }, 0)).toBe("BAD_INPUT");
    expect(resolve({ type: "number", max: 4 }, 5)).toBe("BAD_INPUT");
  });

  test("a choice is one of its options", () => {
    const options = ["calm", { value: "2", title: "Two" }];
    expect(resolve({ type: "choice", options }, "calm")).toBe("calm");
    expect(resolve({ type: "choice", options }, 2)).toBe("2");
    expect(resolve({ type: "choice", options }, "loud")).toBe("BAD_INPUT");
    expect(resolve({ type: "choice" }, "loud")).toBe("BAD_INPUT");
  });

  test("an image input may take many, and always gives a list then", () => {
    expect(resolve({ type: "image", many: true }, { asset: asset("a") })).toEqual([{ asset: asset("a") }]);
    expect(resolve({ type: "image", many: true }, [asset("a"), asset("b")])).toHaveLength(2);
  });
});

describe("all values", () => {
  test("what is not given has its default, else nothing", () => {
    const { values, problems } = resolveInputs(
      inputs({ key: "a", default: "d" }, { key: "b" }, { key: "c", type: "number", default: "3" }),
      { c: " " },
    );
    expect(problems).toEqual([]);
    expect(values).toEqual({ a: "d", b: undefined, c: 3 });
    expect(Object.keys(values)).toEqual(["a", "b", "c"]);
  });

  test("a required input without a value is missing; an empty text is none", () => {
    const declared = inputs(
      { key: "a", required: true },
      { key: "b", required: true, type: "number" },
      { key: "c", required: true, default: "x" },
    );
    const { problems, missing } = resolveInputs(declared, { a: "" });
    expect(problems.map(({ code, field }) => [code, field])).toEqual([
      ["INPUT_MISSING", "a"],
      ["INPUT_MISSING", "b"],
    ]);
    expect([...missing]).toEqual(["a", "b"]);
  });

  test("names that no input has are refused, inherited ones too", () => {
    const { problems } = resolveInputs(inputs({ key: "a" }), JSON.parse('{"b":1,"__proto__":2,"toString":3}'));
    expect(problems.map(({ code, field }) => [code, field])).toEqual([
      ["UNKNOWN_INPUT", "b"],
      ["UNKNOWN_INPUT", "__proto__"],
      ["UNKNOWN_INPUT", "toString"],
    ]);
    expect(resolveInputs(inputs({ key: "valueOf" }), {}).values.valueOf).toBeUndefined();
  });

  test("SC-001 a key given as an input is refused, so that no record of the run holds it", () => {
    const secret = "sk-proj-4f9Zk2LmQ8sT1vXy0aBc";
    const { problems, values } = resolveInputs(inputs({ key: "a", type: "text" }), { a: `with ${secret}` });
    expect(problems).toMatchObject([{ code: "SECRET_IN_INPUT", field: "a" }]);
    expect(JSON.stringify([problems, values])).not.toContain(secret);
  });

  test("every problem is named, and a wrong value counts as missing", () => {
    const { problems, missing } = resolveInputs(inputs({ key: "a", type: "number" }, { key: "b", type: "color" }), {
      a: "x",
      b: "y",
      c: 1,
    });
    expect(problems).toHaveLength(3);
    expect([...missing]).toEqual(["a", "b"]);
  });
});
