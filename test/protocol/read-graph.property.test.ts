import fc from "fast-check";
import { expect, test } from "vitest";
import { readGraph } from "#lib/protocol/read-graph.ts";

const id = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/).filter((text) => !(text in {}));
const setting = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
const key = fc.stringMatching(/^[a-z]{1,8}$/);
const node = fc.record(
  {
    id,
    type: fc.constantFrom("text", "prompt", "generate", "unknown-type"),
    title: fc.string(),
    config: fc.dictionary(key, setting, { maxKeys: 4 }),
    take: fc.integer({ min: 1, max: 9 }),
    mode: fc.constantFrom("on", "bypass", "mute"),
    position: fc.record({ x: fc.integer(), y: fc.integer() }),
  },
  { requiredKeys: ["id", "type"] },
);
const document = fc
  .record({
    name: fc.string(),
    nodes: fc.uniqueArray(node, { selector: (one) => one.id, maxLength: 6 }),
    wires: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined })), {
      maxLength: 6,
    }),
    inputs: fc.uniqueArray(id, { maxLength: 3 }),
  })
  .map(({ name, nodes, wires, inputs }) => ({
    name,
    nodes,
    edges: wires.flatMap(([from, to, passes], index) => {
      const [source, target] = [nodes[from % nodes.length]?.id, nodes[to % nodes.length]?.id];
      const loop = passes === undefined ? {} : { loop: { passes } };
      return source && target
        ? [{ id: `e${index}`, source, sourceHandle: "text", target, targetHandle: "text", ...loop }]
        : [];
    }),
    inputs: inputs.map((one) => ({ key: one, type: "text" as const })),
  }));

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, shuffled(one)]),
  );
};
const written = (value: unknown) => {
  const { graph, problems } = readGraph(value);
  expect(problems).toEqual([]);
  return JSON.stringify(graph);
};

test("TI-012 a graph that is written, read and written again is the same to the byte, whatever the order of its fields was", () => {
  fc.assert(
    fc.property(document, (value) => {
      const once = written(value);
      expect(written(JSON.parse(once))).toBe(once);
      const settings = {
        ...value,
        nodes: value.nodes.map(({ config, ...rest }) => ({ ...(shuffled(rest) as object), config })),
      };
      expect(written({ ...(shuffled({ ...settings, nodes: [] }) as object), nodes: settings.nodes })).toBe(once);
    }),
    { numRuns: 1000 },
  );
});
