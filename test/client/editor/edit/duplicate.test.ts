import { describe, expect, it } from "vitest";
import { duplicateNodes } from "#lib/client/editor/edit/duplicate.ts";
import { aGraph, wiresOf } from "#test/client/editor/habits/an-editor.ts";

const line = aGraph({ words: "text", prompt: "prompt", hero: "generate" }, [
  "words.text > prompt.text",
  "prompt.text > hero.prompt",
]);

describe("duplicating nodes", () => {
  it("copies the wires between them and leaves those from outside behind", () => {
    const { graph, ids } = duplicateNodes(line, ["prompt", "hero"]);
    expect(ids).toEqual(["prompt-2", "hero-2"]);
    expect(wiresOf(graph).slice(2)).toEqual(["prompt-2.text > hero-2.prompt"]);
  });

  it("keeps the wires from outside when asked to", () => {
    const { graph } = duplicateNodes(line, ["prompt"], { x: 0, y: 300 }, { incoming: true });
    expect(wiresOf(graph).slice(2)).toEqual(["words.text > prompt-2.text"]);
    expect(graph.nodes.at(-1)?.position).toEqual({ x: 400, y: 300 });
  });

  it("shares nothing with the original and numbers copies of copies on", () => {
    const once = duplicateNodes(line, ["hero"]).graph;
    const twice = duplicateNodes(once, ["hero-2"]);
    expect(twice.ids).toEqual(["hero-3"]);
    expect(twice.graph.nodes.at(-1)?.config).not.toBe(once.nodes.at(-1)?.config);
    expect(twice.graph.nodes[0]).toBe(line.nodes[0]);
  });

  it("a loop that lies inside is a loop again, one that comes from outside is not copied", () => {
    const looped = aGraph({ hero: "generate", gate: "review" }, ["hero.image > gate.image"]);
    looped.edges.push({
      id: "back",
      source: "gate",
      sourceHandle: "revision",
      target: "hero",
      targetHandle: "revision",
      loop: { passes: 4 },
    });
    expect(duplicateNodes(looped, ["hero", "gate"]).graph.edges.at(-1)?.loop).toEqual({ passes: 4 });
    expect(duplicateNodes(looped, ["hero"], undefined, { incoming: true }).graph.edges).toHaveLength(2);
  });
});
