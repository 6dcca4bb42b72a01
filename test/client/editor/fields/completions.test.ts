import { describe, expect, test } from "vitest";
import { complete, completionAt, knownNames } from "#lib/client/editor/fields/completions.ts";
import { GraphInput } from "#lib/protocol/graph.ts";

const inputs = [
  { key: "product", title: "Product", type: "text" },
  { key: "accent", title: "Accent colour", type: "color" },
  { key: "shot", type: "image" },
].map((input) => GraphInput.parse(input));
const names = knownNames(inputs, ["#", "graph.*", "label"], 2);
const offered = (text: string) =>
  completionAt(text.replace("|", ""), text.indexOf("|"), names)?.names.map(({ name }) => name);

describe("names for a text", () => {
  test("are the graph's inputs but pictures, the wired texts and the late names of the setting", () => {
    expect(names.map(({ name }) => name)).toEqual(["product", "accent", "1", "2", "graph.name", "graph.id", "label"]);
  });

  test("are offered after two braces, those that begin with what is written first", () => {
    expect(offered("A {{|")).toHaveLength(7);
    expect(offered("A {{pro|")).toEqual(["product"]);
    expect(offered("A {{colour|")).toEqual(["accent"]);
    expect(offered("A {{g|")?.slice(0, 2)).toEqual(["graph.name", "graph.id"]);
  });

  test("are not offered elsewhere: before the braces, after them, in a literal, or when the name is there", () => {
    for (const text of ["A |{{", "{{product}}|", "\\{{pro|", "{{product | up|", "no braces|", "{{product|}}"])
      expect(offered(text)).toBeUndefined();
  });

  test("a chosen name takes the place of what was written, closing braces included", () => {
    const put = (text: string, name: string) => {
      const plain = text.replace("|", "");
      const found = completionAt(plain, text.indexOf("|"), names);
      return found && complete(plain, found, name);
    };
    expect(put("A {{pro| here", "product")).toEqual({ text: "A {{product}} here", caret: 13 });
    expect(put("A {{a|bc}} here", "accent")).toEqual({ text: "A {{accent}} here", caret: 12 });
  });
});
