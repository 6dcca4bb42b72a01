import { describe, expect, it } from "vitest";
import { clipText, makeClip } from "#lib/client/editor/edit/clipboard.ts";
import { pasteClip, readPaste } from "#lib/client/editor/edit/paste.ts";
import { aGraph, registry, wiresOf } from "#test/client/editor/habits/an-editor.ts";

const graph = aGraph(
  { words: "text", prompt: { type: "prompt", config: { text: "A {{product}} at dawn" } }, hero: "generate" },
  ["words.text > prompt.text", "prompt.text > hero.prompt"],
  {
    inputs: [
      { key: "product", type: "text" },
      { key: "other", type: "text" },
    ],
    frames: [{ id: "look", position: { x: 350, y: -50 }, width: 420, height: 500 }],
  },
);
const textOf = (ids: string[], frames: string[] = []) => {
  const clip = makeClip(graph, ids, frames);
  return clip ? clipText(clip).text : "";
};
const clipOf = (text: string) => {
  const read = readPaste(text);
  if (read.kind !== "clip") throw new Error(`read as ${read.kind}`);
  return read.clip;
};
const KEY = "sk-abcdefghijklmnopqrstuvwx";

describe("copying", () => {
  it("writes readable JSON with the nodes, the wires between them, and the graph inputs they name", () => {
    const clip = JSON.parse(textOf(["prompt", "hero"]));
    expect(clip).toMatchObject({ format: "throughline/clip", nodes: [{ id: "prompt" }, { id: "hero" }] });
    expect(clip.edges).toHaveLength(1);
    expect(clip.inputs.map(({ key }: { key: string }) => key)).toEqual(["product"]);
    expect(textOf(["prompt"])).toContain("\n  ");
  });

  it("a frame brings the nodes that lie in it", () => {
    expect(JSON.parse(textOf([], ["look"])).nodes.map(({ id }: { id: string }) => id)).toEqual(["prompt"]);
  });

  it("SC-001 what looks like a key or a password stays behind, and is counted", () => {
    const secret = aGraph({
      hook: { type: "text", config: { text: `Bearer ${"x".repeat(30)}`, deep: [{ key: KEY }] } },
    });
    const clip = makeClip(secret, ["hook"]);
    const { text, cleaned } = clipText(clip as NonNullable<typeof clip>);
    expect(cleaned).toBe(2);
    expect(text).not.toContain(KEY);
    expect(text).not.toContain("xxxxxxxx");
  });
});

describe("pasting", () => {
  it("puts nodes and wires in under free names, at the place, with the inputs that are missing", () => {
    const other = aGraph({ hero: "generate" });
    const pasted = pasteClip(other, registry, clipOf(textOf(["prompt", "hero"])), { x: 100, y: 50 });
    expect(pasted.nodes).toEqual(["prompt", "hero-2"]);
    expect(wiresOf(pasted.graph)).toEqual(["prompt.text > hero-2.prompt"]);
    expect(pasted.graph.nodes[1]?.position).toEqual({ x: 100, y: 50 });
    expect(pasted.graph.inputs.map(({ key }) => key)).toEqual(["product"]);
  });

  it("with links it keeps the wires from nodes that were not copied, in the same graph only", () => {
    const clip = clipOf(textOf(["hero"]));
    expect(wiresOf(pasteClip(graph, registry, clip, { x: 0, y: 0 }, { links: true }).graph).at(-1)).toBe(
      "prompt.text > hero-2.prompt",
    );
    expect(pasteClip(graph, registry, clip, { x: 0, y: 0 }).graph.edges).toHaveLength(2);
    const stranger = { ...aGraph({ prompt: "text" }), id: "other" };
    expect(pasteClip(stranger, registry, clip, { x: 0, y: 0 }, { links: true }).graph.edges).toEqual([]);
  });

  it("a link whose source is gone by now is left out", () => {
    const without = { ...graph, nodes: graph.nodes.filter(({ id }) => id !== "prompt"), edges: [] };
    expect(pasteClip(without, registry, clipOf(textOf(["hero"])), { x: 0, y: 0 }, { links: true }).graph.edges).toEqual(
      [],
    );
  });

  it("a frame is pasted with a free id", () => {
    const pasted = pasteClip(graph, registry, clipOf(textOf([], ["look"])), { x: 1000, y: 0 });
    expect(pasted.graph.frames.map(({ id, position }) => [id, position.x])).toEqual([
      ["look", 350],
      ["look-2", 1000],
    ]);
  });

  it("wires that fit no port are left out", () => {
    const clip = JSON.parse(textOf(["prompt", "hero"]));
    clip.edges[0].targetHandle = "nowhere";
    expect(pasteClip(graph, registry, clipOf(JSON.stringify(clip)), { x: 0, y: 0 }).graph.edges).toHaveLength(2);
  });

  it("says no when the graph would grow over its limit", () => {
    const many = aGraph(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`n${n}`, "text"])));
    const pasted = pasteClip(many, registry, clipOf(textOf(["hero"])), { x: 0, y: 0 });
    expect(pasted.graph).toBe(many);
    expect(pasted.refused).toContain("at most 500 nodes");
  });
});

describe("reading what was pasted", () => {
  it.each([
    ["words are words", "A red kayak", "text"],
    ["JSON that is no graph is words", '{"a": 1}', "text"],
    ["a whole graph", JSON.stringify(graph), "graph"],
    ["nothing", "  \n", "refused"],
    ["a graph that is cut off", `${JSON.stringify(graph).slice(0, -9)}`, "refused"],
    ["a graph of a later version", '{"format":"throughline/graph","version":99}', "refused"],
    ["a clip of a later version", '{"format":"throughline/clip","version":2}', "refused"],
    ["another program's graph", '{"format":"elsewhere","nodes":[]}', "refused"],
    [
      "two nodes of one name",
      '{"format":"throughline/clip","version":1,"nodes":[{"id":"a","type":"text"},{"id":"a","type":"text"}]}',
      "refused",
    ],
    ["a forbidden key", '{"nodes":[{"id":"a","type":"text","config":{"__proto__":{"x":1}}}]}', "refused"],
    ["words without end", "word ".repeat(20_000), "refused"],
    ["JSON without end", `{"nodes":[${'{"id":"a","type":"text"},'.repeat(100_000)}]}`, "refused"],
    ["JSON that is too deep", `{"nodes":${"[".repeat(5000)}${"]".repeat(5000)}}`, "refused"],
  ])("%s", (_name, text, kind) => {
    const read = readPaste(text);
    expect(read.kind).toBe(kind);
    if (read.kind === "refused") expect(read.why).toMatch(/^[A-Z].*\.$/s);
  });

  it("a secret in a graph from elsewhere is taken out and counted", () => {
    const read = readPaste(JSON.stringify(aGraph({ a: { type: "text", config: { text: KEY } } })));
    expect(read).toMatchObject({ kind: "graph", cleaned: 1, graph: { nodes: [{ config: { text: "" } }] } });
  });

  it("a template that was shared as text gives its graph", () => {
    const file = { format: "throughline/template", version: 1, graph: aGraph({ a: "text" }), form: { groups: [] } };
    expect(readPaste(JSON.stringify(file))).toMatchObject({ kind: "graph", graph: { nodes: [{ id: "a" }] } });
    expect(readPaste('{"format":"throughline/template","version":1,"graph":7}').kind).toBe("refused");
  });
});
