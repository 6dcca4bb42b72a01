import { expect, test } from "vitest";
import { runResults } from "#lib/client/templates/run-results.ts";
import { Graph } from "#lib/protocol/graph.ts";
import type { ImageValue, Value } from "#lib/protocol/values.ts";

const picture = (n: number): ImageValue => ({
  kind: "image",
  asset: `sha256:${String(n).repeat(64)}`,
  width: 1,
  height: 1,
  mediaType: "image/png",
  made: { by: "local" },
});
const text = (words: string): Value => ({ kind: "text", text: words });
const graph = (...wires: [string, string][]) =>
  Graph.parse({
    nodes: [...new Set(wires.flat())].map((id) => ({ id, type: id })),
    edges: wires.map(([source, target], n) => ({ id: `e${n}`, source, sourceHandle: "o", target, targetHandle: "i" })),
  });
const assets = (found: { pictures: ImageValue[] }) => found.pictures.map((one) => Number(one.asset.slice(7, 8)));

test("the ends of all ways are the result, an archive behind them or not", () => {
  const way = graph(["draw", "gate"], ["gate", "small"], ["gate", "archive"], ["small", "keep"]);
  const outputs = {
    draw: { image: [picture(1)] },
    gate: { pass: [picture(1)], revision: [picture(2)] },
    small: { image: [picture(3), picture(4)] },
    archive: { entry: [{ kind: "record", record: {} } as Value] },
  };
  expect(assets(runResults(way, { outputs }))).toEqual([3, 4]);
  expect(assets(runResults(way, { outputs: { ...outputs, small: {} } }))).toEqual([1]);
});

test("while it runs the newest there are stand for the result, each picture once", () => {
  const way = graph(["draw", "edit"], ["edit", "archive"], ["draw", "other"]);
  expect(assets(runResults(way, { outputs: { draw: { image: [picture(1), picture(1)] } } }))).toEqual([1]);
});

test("words are the result where there is no picture", () => {
  const way = graph(["words", "more"]);
  const outputs = { words: { text: [text("one")] }, more: { text: [text("two"), text(" ")] } };
  expect(runResults(way, { outputs })).toEqual({ pictures: [], texts: ["two"] });
  expect(runResults(way, { outputs: {} })).toEqual({ pictures: [], texts: [] });
});
