import { describe, expect, test } from "vitest";
import { inputFor, inputsFitting, isBinding, unboundValue } from "#lib/client/editor/fields/bindings.ts";
import type { Field } from "#lib/client/editor/fields/control.ts";
import { fieldOfInput, keptDefault, shownDefault, withType } from "#lib/client/editor/fields/input-field.ts";
import { fieldsOf } from "#lib/client/editor/fields/node-fields.ts";
import { GraphInput } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { NODES } from "#nodes/index.ts";
import { registry } from "./graph-of.ts";

const field = (type: string, name: string): Field =>
  fieldsOf(registry.get(type) as AnyNode).find((one) => one.name === name) as Field;
const asset = `sha256:${"b".repeat(64)}`;

describe("binding a setting to an input", () => {
  test("offers the inputs whose values it could take", () => {
    const inputs = [
      { key: "words", type: "text" },
      { key: "count", type: "number" },
      { key: "picture", type: "image" },
    ].map((input) => GraphInput.parse(input));
    const offered = (type: string, name: string) =>
      inputsFitting(field(type, name).control, inputs).map(({ key }) => key);
    expect(offered("generate", "variants")).toEqual(["count"]);
    expect(offered("reference", "assets")).toEqual(["picture"]);
    expect(offered("generate", "size")).toEqual(["words"]);
    expect(offered("mask", "strokes")).toEqual([]);
  });

  test("a new input starts with what the setting says and knows its bounds", () => {
    expect(inputFor(field("generate", "variants"), 4, "variants")).toEqual({
      key: "variants",
      title: "Variants",
      type: "number",
      required: false,
      default: 4,
      min: 1,
      max: 10,
    });
    expect(inputFor(field("generate", "quality"), undefined, "quality")).toMatchObject({
      type: "choice",
      default: "auto",
      options: ["auto", "low", "medium", "high", "xhigh", "max"],
    });
    expect(inputFor(field("mask", "strokes"), [], "strokes")).toBeUndefined();
  });

  test("every new input of every setting is one the document allows", () => {
    for (const node of NODES)
      for (const one of fieldsOf(node)) {
        const input = inputFor(one, undefined, "key");
        if (input) expect(GraphInput.safeParse(input).success).toBe(true);
      }
  });

  test("letting go takes the input's default, in the shape the setting wants", () => {
    const input = (part: object) => GraphInput.parse({ key: "k", ...part });
    expect(unboundValue(field("generate", "variants"), input({ type: "number", default: 3 }))).toBe(3);
    expect(unboundValue(field("reference", "assets"), input({ type: "image", default: { asset } }))).toEqual([
      { asset },
    ]);
    expect(unboundValue(field("mask", "asset"), input({ type: "image", default: { asset } }))).toBe(asset);
    expect(unboundValue(field("generate", "size"), undefined)).toBeUndefined();
  });

  test("only an object with nothing but $input is a binding", () => {
    expect(isBinding({ $input: "a" })).toBe(true);
    expect(isBinding({ $input: "a", more: 1 })).toBe(false);
    expect(isBinding("{{a}}")).toBe(false);
  });
});

describe("the value of an input", () => {
  test("is edited with the control of its type; one picture is a list of one there and alone in the document", () => {
    const input = GraphInput.parse({ key: "p", type: "image", default: { asset } });
    expect(fieldOfInput(input).control).toEqual({ kind: "assets", max: 1 });
    expect(shownDefault(input)).toEqual([{ asset }]);
    expect(keptDefault(input, [{ asset }])).toEqual({ asset });
    expect(keptDefault({ ...input, many: true }, [{ asset }])).toEqual([{ asset }]);
  });

  test("another type lets go of what only the old one had", () => {
    const number = GraphInput.parse({ key: "n", type: "number", default: 4, min: 1 });
    expect(withType(number, "choice")).toMatchObject({
      default: undefined,
      min: undefined,
      options: ["first", "second"],
    });
    const words = GraphInput.parse({ key: "w", type: "text", default: "a" });
    expect(withType(words, "longtext")).toMatchObject({ default: "a" });
  });
});
