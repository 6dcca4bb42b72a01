import fc from "fast-check";
import { Graph } from "#lib/protocol/graph.ts";

const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
const value = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const node = fc.record({
  type: fc.constantFrom("text", "number", "generate"),
  title: fc.option(fc.string({ maxLength: 6 }), { nil: undefined }),
  position: fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) }),
  config: fc.dictionary(fc.constantFrom("text", "size", "value"), value),
  take: fc.integer({ min: 1, max: 4 }),
  mode: fc.constantFrom("on", "mute", "bypass"),
});
const uniqueById = <T>(one: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(id, one), { selector: ([key]) => key, maxLength: 5 })
    .map((list) => list.map(([key, rest]) => ({ ...rest, id: key })));
const edge = fc.record({
  source: id,
  sourceHandle: fc.constantFrom("text", "image"),
  target: id,
  targetHandle: fc.constantFrom("prompt", "text"),
  loop: fc.option(fc.record({ passes: fc.integer({ min: 1, max: 5 }) }), { nil: undefined }),
});
const input = fc.record({
  type: fc.constantFrom("text", "number"),
  title: fc.option(fc.string({ maxLength: 5 }), { nil: undefined }),
});

/** Documents small enough that two of them often have much in common. */
export const anyGraph: fc.Arbitrary<Graph> = fc
  .record({
    name: fc.constantFrom("Hero", "Poster"),
    description: fc.option(fc.string({ maxLength: 6 }), { nil: undefined }),
    nodes: uniqueById(node),
    edges: uniqueById(edge),
    frames: uniqueById(fc.record({ title: fc.string({ maxLength: 4 }) })),
    inputs: uniqueById(input).map((list) => list.map(({ id: key, ...rest }) => ({ ...rest, key }))),
  })
  .map(({ edges, ...rest }) => {
    const known = new Set(rest.nodes.map((one) => one.id));
    return Graph.parse({
      id: "g",
      ...rest,
      edges: edges.filter((one) => known.has(one.source) && known.has(one.target)),
    });
  });
