import { describe, expect, it } from "vitest";
import { connect } from "#lib/client/editor/edit/connect.ts";
import {
  keeperFeather,
  keeperType,
  keepPart,
  painterType,
  sourceOfPicture,
} from "#lib/client/editor/edit/keep-part.ts";
import { paintedOn, paintSettings, savePainted } from "#lib/client/editor/edit/mask-paint.ts";
import type { NodeRun, NodeTake } from "#lib/client/editor/node-run.ts";
import { comparedPair, picturesOf, resultBehind, wiredPicture } from "#lib/client/editor/paint/node-pictures.ts";
import { createEditor, select, setRun } from "#lib/client/editor/store.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import type { Stroke } from "#lib/sdk/image-tools.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const registry = createRegistry(NODES);
const asset = (letter: string) => `sha256:${letter.repeat(64)}`;
const picture = (letter: string): ImageValue => ({
  kind: "image",
  asset: asset(letter),
  width: 100,
  height: 80,
  mediaType: "image/png",
  made: { by: "model" },
});
const node = (id: string, type: string, config: Record<string, unknown> = {}, x = 0): Graph["nodes"][number] => ({
  id,
  type,
  typeVersion: 1,
  position: { x, y: 0 },
  config,
  take: 1,
  mode: "on",
});
const GRAPH: Graph = {
  format: "throughline/graph",
  version: 1,
  id: "g",
  name: "g",
  inputs: [],
  nodes: [
    node("hero", "generate"),
    node("other", "generate", {}, 400),
    node("m", "mask", { source: "rect", rect: { x: 0, y: 0, w: 1, h: 1 } }, 800),
    node("e", "edit", {}, 1200),
    node("r", "reference", { assets: [{ asset: asset("e") }] }, 0),
    node("corner", "reroute", {}, 300),
  ],
  edges: [
    { id: "1", source: "hero", sourceHandle: "image", target: "m", targetHandle: "image" },
    { id: "2", source: "m", sourceHandle: "mask", target: "e", targetHandle: "mask" },
  ],
  frames: [],
};
const ran = (...pictures: ImageValue[]): NodeRun => ({
  runId: "run_1",
  state: "done",
  cached: false,
  stale: false,
  pass: 0,
  passes: 1,
  rehydrated: false,
  costUsd: 0,
  warnings: [],
  outputs: { image: pictures },
  partials: [],
  calls: [],
});
const take = (at: number, ...pictures: ImageValue[]): NodeTake => ({
  runId: `run_${at}`,
  pass: 0,
  take: at,
  at,
  outputs: { image: pictures },
  costUsd: 0,
  cached: false,
});
const STROKES: Stroke[] = [
  {
    tool: "rect",
    points: [
      [0, 0],
      [10, 10],
    ],
  },
];
const painter = painterType(registry);
const maskType = registry.get("mask");
if (!maskType) throw new Error("there should be a mask type");

describe("keeping a part of another take", () => {
  it("finds the types by their ports and controls", () => {
    const keeper = keeperType(registry);
    expect(keeper).toMatchObject({ type: { type: "keep-region" }, base: "base", from: "from", mask: "mask" });
    expect(painter).toMatchObject({ type: { type: "mask" }, field: "strokes", image: "image", mask: "mask" });
    expect(keeper && keeperFeather(keeper)).toBe(8);
  });

  it("adds a mask and the keeper, wired from the node that shows the base, and a reference for the other take", () => {
    const made = keepPart(GRAPH, registry, {
      base: { nodeId: "hero", port: "image" },
      from: { asset: asset("b") },
      strokes: STROKES,
      beside: { x: 0, y: 0 },
    });
    if (!made) throw new Error("it should be possible");
    const added = made.graph.nodes.filter(({ id }) => made.ids.includes(id));
    expect(added.map(({ type }) => type).sort()).toEqual(["keep-region", "mask", "reference"]);
    const [held, mask, kept] = ["reference", "mask", "keep-region"].map((type) =>
      added.find((one) => one.type === type),
    );
    expect(held?.config).toEqual({ assets: [{ asset: asset("b") }] });
    expect(mask?.config).toEqual({ strokes: STROKES });
    const wires = made.graph.edges
      .slice(2)
      .map((edge) => `${edge.source}.${edge.sourceHandle} → ${edge.target}.${edge.targetHandle}`);
    expect(wires.sort()).toEqual(
      [
        `hero.image → ${mask?.id}.image`,
        `hero.image → ${kept?.id}.base`,
        `${held?.id}.image → ${kept?.id}.from`,
        `${mask?.id}.mask → ${kept?.id}.mask`,
      ].sort(),
    );
    expect(GRAPH.nodes.every((one) => made.graph.nodes.includes(one))).toBe(true);
    const places = added.map(({ position }) => `${position.x} ${position.y}`);
    expect(new Set(places).size).toBe(3);
  });

  it("a picture is taken from the node that gives it alone, else from the store", () => {
    const outputs = { hero: { image: [picture("a")] }, other: { image: [picture("b"), picture("c")] } };
    const outputsOf = (id: string) => outputs[id as keyof typeof outputs];
    expect(sourceOfPicture(GRAPH, asset("a"), outputsOf, "other")).toEqual({ nodeId: "hero", port: "image" });
    expect(sourceOfPicture(GRAPH, asset("b"), outputsOf)).toEqual({ asset: asset("b") });
  });
});

describe("which pictures", () => {
  const opened = () => {
    const editor = createEditor(GRAPH, { registry });
    setRun(editor, {
      nodes: new Map([
        ["hero", ran(picture("a"))],
        ["other", ran(picture("b"))],
        ["e", ran(picture("f"))],
      ]),
      takes: new Map([["hero", [take(1, picture("d")), take(2, picture("c")), take(3, picture("a"))]]]),
    });
    return editor;
  };

  it("one node: its last result but one against the one it shows; two nodes: left against right", () => {
    const editor = opened();
    select(editor, ["hero"]);
    expect(comparedPair(editor.getState())).toMatchObject({
      before: { asset: asset("c") },
      after: { asset: asset("a") },
      nodeId: "hero",
    });
    select(editor, ["other", "hero"]);
    expect(comparedPair(editor.getState())).toMatchObject({
      before: { asset: asset("a") },
      after: { asset: asset("b") },
    });
    for (const selected of [["other"], ["m"], ["hero", "m"], []]) {
      select(editor, selected);
      expect(comparedPair(editor.getState())).toBeUndefined();
    }
  });

  it("the picture to paint on is what the source gave, or holds; without one the sentence says what to do", () => {
    const editor = opened();
    const state = editor.getState();
    expect(wiredPicture(editor, state, "m")).toMatchObject({ asset: asset("a"), from: "hero" });
    expect(wiredPicture(editor, state, "e")).toMatchObject({ why: expect.stringContaining("No picture is wired") });
    const bare = createEditor(GRAPH, { registry });
    expect(wiredPicture(bare, bare.getState(), "m")).toMatchObject({
      from: "hero",
      why: expect.stringContaining("Run to here first"),
    });
    let through = connect(GRAPH, registry, {
      source: "r",
      sourceHandle: "image",
      target: "corner",
      targetHandle: "value",
    });
    through = connect(through, registry, {
      source: "corner",
      sourceHandle: "value",
      target: "m",
      targetHandle: "image",
    });
    expect(wiredPicture(bare, { ...bare.getState(), document: through }, "m")).toMatchObject({ asset: asset("e") });
  });

  it("the result behind a mask is what the node after it drew; without a run the newest take counts", () => {
    const editor = opened();
    expect(resultBehind(editor, editor.getState(), "m")?.asset).toBe(asset("f"));
    setRun(editor, { nodes: new Map() });
    expect(resultBehind(editor, editor.getState(), "m")).toBeUndefined();
    expect(picturesOf(editor.getState(), "hero")[0]?.asset).toBe(asset("a"));
  });
});

describe("saving what was painted", () => {
  const painted = { strokes: STROKES, grow: 4, feather: 0, invert: true };

  it("writes the settings of the mask, leaves defaults out, and makes it a painted one", () => {
    const saved = savePainted(GRAPH, maskType, "m", "strokes", painted);
    const config = saved.nodes.find(({ id }) => id === "m")?.config;
    expect(config).toEqual({ rect: { x: 0, y: 0, w: 1, h: 1 }, strokes: STROKES, grow: 4, invert: true });
    expect(maskType.config.parse(config)).toMatchObject({ source: "paint", feather: 0 });
    expect(paintedOn(saved, maskType, "m", "strokes")).toEqual(painted);
    expect(saved.nodes[0]).toBe(GRAPH.nodes[0]);
  });

  it("knows which settings a type has beside its strokes", () => {
    expect(Object.keys(paintSettings(maskType)).sort()).toEqual(["feather", "grow", "invert", "source"]);
    const reference = registry.get("reference");
    expect(reference && paintSettings(reference)).toEqual({});
  });
});
