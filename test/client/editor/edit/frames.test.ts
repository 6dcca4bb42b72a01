import { describe, expect, it } from "vitest";
import { addFrame, changeFrame, frameAround, moveFrame, nodesIn } from "#lib/client/editor/edit/frames.ts";
import { removeParts } from "#lib/client/editor/edit/remove-parts.ts";
import { graph, node, registry } from "../canvas/sample-graph.ts";

const sizeOf = () => ({ width: 300, height: 200 });
const sample = graph([node("in", "text", 100, 100), node("also", "text", 500, 100), node("out", "text", 2000, 0)]);
const framed = frameAround(sample, ["in", "also"], sizeOf, "Heroes");

describe("frames", () => {
  it("stand around nodes with room for a title, under an id of their own", () => {
    expect(framed.graph.frames).toEqual([
      { id: "frame", title: "Heroes", position: { x: 68, y: 36 }, width: 764, height: 296 },
    ]);
    expect(frameAround(framed.graph, ["out"], sizeOf).id).toBe("frame-2");
    expect(frameAround(sample, ["nobody"], sizeOf)).toEqual({ graph: sample });
  });

  it("hold the nodes whose middle lies in them", () => {
    const frame = { position: { x: 0, y: 0 }, width: 260, height: 400 };
    expect(nodesIn(sample, frame, sizeOf)).toEqual(["in"]);
    expect(nodesIn(sample, { ...frame, width: 240 }, sizeOf)).toEqual([]);
  });

  it("take along what was in them when the move began, and nothing else", () => {
    const held = new Map([["in", { x: 100, y: 100 }]]);
    const once = moveFrame(framed.graph, "frame", { x: 168.4, y: 36 }, { x: 68, y: 36 }, held);
    const twice = moveFrame(once, "frame", { x: 268, y: 46 }, { x: 68, y: 36 }, held);
    expect(twice.frames[0]?.position).toEqual({ x: 268, y: 46 });
    expect(twice.nodes.map(({ position }) => position)).toEqual([
      { x: 300, y: 110 },
      { x: 500, y: 100 },
      { x: 2000, y: 0 },
    ]);
    expect(twice.nodes[2]).toBe(framed.graph.nodes[2]);
  });

  it("stay large enough to hold on to, and are the same document when nothing is different", () => {
    const small = changeFrame(framed.graph, "frame", (frame) => ({ ...frame, width: 3, height: -20 }));
    expect(small.frames[0]).toMatchObject({ width: 160, height: 120 });
    expect(changeFrame(small, "frame", (frame) => ({ ...frame, width: 5 }))).toBe(small);
    expect(changeFrame(small, "nobody", (frame) => frame)).toBe(small);
  });

  it("leave their nodes when they go", () => {
    const { graph: two, id } = addFrame(framed.graph, { x: 0.4, y: 0 });
    const left = removeParts(two, registry, { frames: new Set([id]) });
    expect(left.frames.map((frame) => frame.id)).toEqual(["frame"]);
    expect(left.nodes).toBe(two.nodes);
  });
});
