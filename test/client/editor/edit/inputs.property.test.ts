import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addInput,
  changeInput,
  moveInput,
  newKey,
  removeInput,
  renameInput,
  usesOfInput,
} from "#lib/client/editor/edit/inputs.ts";
import { lateNames } from "#lib/client/editor/fields/node-fields.ts";
import { graphOf, registry } from "#test/client/editor/fields/graph-of.ts";

const late = lateNames(registry);
const keys = ["a", "b", "label", "graph", "product-2"];
const piece = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(...keys).map((key) => `{{${key}}}`),
  fc.constantFrom(...keys).map((key) => `{{ ${key}.name | upper }}`),
  fc.constantFrom(...keys).map((key) => `\\{{${key}}}`),
  fc.constantFrom(...keys, "nobody").map((key) => ({ $input: key })),
  fc.constant('{{"{{a}}"}} {{ open'),
);
const texts = fc
  .array(piece, { maxLength: 6 })
  .map((parts) => parts.filter((part) => typeof part === "string").join(""));
const config = fc.record({
  name: texts,
  tags: fc.array(fc.oneof(texts, piece), { maxLength: 3 }),
  deep: fc.record({ list: fc.array(piece, { maxLength: 3 }) }),
});
const graphs = fc.array(config, { maxLength: 4 }).map((configs) =>
  graphOf({
    inputs: keys.map((key) => ({ key })),
    nodes: configs.map((one, index) => ({ id: `n${index}`, type: index % 2 === 0 ? "archive" : "text", config: one })),
  }),
);

describe("renaming an input", () => {
  test("there and back again is the very same document", () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(...keys), (graph, key) => {
        const there = renameInput(graph, key, "brand_new", late);
        expect(usesOfInput(there, key, late)).toEqual([]);
        expect(usesOfInput(there, "brand_new", late)).toEqual(usesOfInput(graph, key, late));
        expect(renameInput(there, "brand_new", key, late)).toEqual(graph);
      }),
    );
  });

  test("nodes that do not name it keep their identity", () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(...keys), (graph, key) => {
        const used = new Set(usesOfInput(graph, key, late).map(({ nodeId }) => nodeId));
        const there = renameInput(graph, key, "brand_new", late);
        for (const [index, node] of graph.nodes.entries()) expect(there.nodes[index] === node).toBe(!used.has(node.id));
      }),
    );
  });

  test("follows into texts, filters, lists and bindings, and leaves literals, other names and late names alone", () => {
    const graph = graphOf({
      inputs: [{ key: "label" }, { key: "a" }],
      nodes: [
        { id: "t", type: "text", config: { text: "{{a}} {{ a | upper }} \\{{a}} {{ab}} {{label}}" } },
        { id: "s", type: "archive", config: { name: "{{label}}/{{a}}", tags: [{ $input: "a" }, "{{a}}"] } },
      ],
    });
    const configs = (from: string) => renameInput(graph, from, "z", late).nodes.map((node) => node.config);
    expect(configs("a")).toEqual([
      { text: "{{z}} {{ z | upper }} \\{{a}} {{ab}} {{label}}" },
      { name: "{{label}}/{{z}}", tags: [{ $input: "z" }, "{{z}}"] },
    ]);
    expect(configs("label")).toEqual([
      { text: "{{a}} {{ a | upper }} \\{{a}} {{ab}} {{z}}" },
      { name: "{{label}}/{{a}}", tags: [{ $input: "a" }, "{{a}}"] },
    ]);
  });

  test("is not done when the key is taken or nobody has the old one", () => {
    const graph = graphOf({ inputs: [{ key: "a" }, { key: "b" }] });
    expect(renameInput(graph, "a", "b")).toBe(graph);
    expect(renameInput(graph, "c", "d")).toBe(graph);
  });
});

describe("the list of inputs", () => {
  const graph = graphOf({ inputs: [{ key: "a" }, { key: "b", min: 1 }, { key: "c" }] });
  const order = (of: typeof graph) => of.inputs.map(({ key }) => key).join("");

  test("is added to, reordered and cut; at its ends and for unknown keys nothing changes", () => {
    expect(order(moveInput(graph, "b", -1))).toBe("bac");
    expect(moveInput(graph, "a", -1)).toBe(graph);
    expect(order(removeInput(graph, "b"))).toBe("ac");
    expect(removeInput(graph, "x")).toBe(graph);
    expect(addInput(graph, { key: "a", type: "text", required: false })).toBe(graph);
  });

  test("a member that is taken out leaves the document", () => {
    expect(changeInput(graph, "b", { min: undefined, title: "B" }).inputs[1]).toEqual({
      key: "b",
      type: "text",
      required: false,
      title: "B",
    });
  });

  test("keys are made from titles, free and in order", () => {
    expect(newKey(graph.inputs, "Accent colour")).toBe("accent_colour");
    expect(newKey(graph.inputs, "Größe 2")).toBe("gro_e_2");
    expect(newKey(graph.inputs, "a")).toBe("a_2");
    expect(newKey([], "3 + 4")).toBe("input");
  });
});
