import { describe, expect, test } from "vitest";
import type { Control } from "#lib/client/editor/fields/control.ts";
import { readSettings, sentencesFor } from "#lib/client/editor/fields/field-problems.ts";
import { fieldsOf } from "#lib/client/editor/fields/node-fields.ts";
import { refusalOf, refusalsOf } from "#lib/client/editor/fields/offered.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { graphOf, nodeOf, registry } from "./graph-of.ts";

const drawing = registry.get("generate") as AnyNode;
const one = (config: Record<string, unknown>, inputs: object[] = [], type = "generate") => {
  const graph = graphOf({ inputs, nodes: [{ id: "n", type, config }] });
  return { node: nodeOf(graph, "n"), inputs: graph.inputs };
};
const under = (path: string, config: Record<string, unknown>, inputs: object[] = [], type = "generate") => {
  const { node, inputs: list } = one(config, inputs, type);
  return sentencesFor(registry.get(type), node, list, [], path)
    .map(({ message }) => message)
    .join("\n");
};

describe("the sentences under a setting", () => {
  test("a size the model cannot draw says so, and only there", () => {
    expect(under("size", { size: "1000x1000" })).toMatch(/cannot draw 1000x1000: both sides must be multiples of 16/);
    expect(under("quality", { size: "1000x1000" })).toBe("");
  });

  test("a value of the wrong kind is said with the setting's title, others are still judged", () => {
    expect(under("variants", { variants: 40, size: "1000x1000" })).toMatch(/^Variants must be at most 10/);
    expect(under("size", { variants: 40, size: "1000x1000" })).toMatch(/multiples of 16/);
  });

  test("a part of a list says it for itself", () => {
    const config = { targets: [{ name: "a", width: 0, height: 10 }] };
    expect(under("targets.0.width", config, [], "resize")).toMatch(/at least 1/);
    expect(under("targets.0.height", config, [], "resize")).toBe("");
    expect(under("targets", config, [], "resize")).toMatch(/at least 1/);
  });

  test("an unknown name in a text is named with those there are", () => {
    const inputs = [{ key: "product", type: "text", default: "shoe" }];
    expect(under("text", { text: "A {{prodct}}" }, inputs, "text")).toBe(
      "{{prodct}} is not an input of this graph; there are product.",
    );
    expect(under("text", { text: "A {{product}}" }, inputs, "text")).toBe("");
  });

  test("a bound setting is judged with the input's value, and not at all while it has none", () => {
    expect(under("variants", { variants: { $input: "n" } }, [{ key: "n", type: "number", default: 40 }])).toMatch(
      /most 10/,
    );
    expect(under("variants", { variants: { $input: "n" } }, [{ key: "n", type: "number", required: true }])).toBe("");
    expect(under("variants", { variants: { $input: "gone" } })).toMatch(/names no input of this graph/);
  });

  test("a picture bound where a list is wanted is taken as a list of one", () => {
    const asset = `sha256:${"a".repeat(64)}`;
    const inputs = [{ key: "shoe", type: "image", default: { asset } }];
    expect(under("assets", { assets: { $input: "shoe" } }, inputs, "reference")).toBe("");
  });

  test("what the server found of the same place stands with it, once", () => {
    const { node, inputs } = one({ size: "1000x1000" });
    const [own] = sentencesFor(drawing, node, inputs, [], "size");
    const said = [
      { level: "error", node: "n", field: "size", code: "X", message: own?.message ?? "" },
      { level: "warning", node: "n", field: "size", code: "Y", message: "And more." },
      { level: "error", node: "other", field: "size", code: "Z", message: "Elsewhere." },
    ] as const;
    expect(sentencesFor(drawing, node, inputs, said, "size")).toEqual([
      own,
      { level: "warning", message: "And more." },
    ]);
  });

  test("a model that may not do it is warned of, not refused", () => {
    const { node, inputs } = one({ model: "gpt-6-luna" });
    expect(sentencesFor(drawing, node, inputs, [], "model")).toEqual([
      { level: "warning", message: expect.stringContaining("gpt-6-luna can call the image tool") },
    ]);
  });

  test("a node that did not change is read once", () => {
    const { node, inputs } = one({});
    expect(readSettings(drawing, node, inputs)).toBe(readSettings(drawing, node, inputs));
  });
});

describe("what the chosen model does not offer", () => {
  const qualities = ["auto", "high", "xhigh", "max"];
  const refused = (config: Record<string, unknown>, field: string, options: string[]) => {
    const { node, inputs } = one(config);
    return refusalsOf(drawing, node, inputs, field, options);
  };

  test("is refused with the sentence of the rule, on older models", () => {
    const found = refused({ imageModel: "gpt-image-2" }, "quality", qualities);
    expect(Object.keys(found)).toEqual(["xhigh", "max"]);
    expect(found.xhigh).toMatch(/gpt-image-2 has no quality xhigh/);
    expect(refused({}, "quality", qualities)).toEqual({});
  });

  test("follows the other settings too: jpeg has no transparency", () => {
    expect(Object.keys(refused({ format: "jpeg" }, "background", ["auto", "transparent"]))).toEqual(["transparent"]);
  });

  test("a model that was shut down is refused, one that makes another setting wrong is not", () => {
    const found = refused({ quality: "xhigh" }, "imageModel", ["dall-e-3", "gpt-image-2"]);
    expect(Object.keys(found)).toEqual(["dall-e-3"]);
  });

  test("a setting that does nothing at all says why: png is not compressed", () => {
    const field = fieldsOf(drawing).find(({ name }) => name === "compression");
    const why = (config: Record<string, unknown>) => {
      const { node, inputs } = one(config);
      return refusalOf(drawing, node, inputs, "compression", field?.control as Control);
    };
    expect(why({})).toMatch(/png is not compressed/);
    expect(why({ format: "jpeg" })).toBeUndefined();
  });
});
