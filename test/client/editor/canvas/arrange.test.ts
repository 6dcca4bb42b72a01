import { describe, expect, it } from "vitest";
import { align, distribute, layOut } from "#lib/client/editor/canvas/arrange.ts";
import { canvasCommands } from "#lib/client/editor/canvas/commands.ts";
import { select } from "#lib/client/editor/store.ts";
import { edge, editorOf, graph, node } from "./sample-graph.ts";

const sizeOf = () => ({ width: 300, height: 200 });
const run = async (id: string, editor: ReturnType<typeof editorOf>) =>
  canvasCommands.find((command) => command.id === id)?.run(editor);

describe("arranging", () => {
  it("lays a graph out from left to right, loops aside, and keeps its corner", async () => {
    const sample = graph(
      [node("c", "edit", 40, 60), node("b", "generate", 90, 90), node("a", "text", 500, 500)],
      [edge("a.text > b.prompt"), edge("b.image > c.image"), edge("c.image > b.revision", { loop: { passes: 3 } })],
    );
    const places = await layOut(sample, sizeOf);
    const x = (id: string) => places.get(id)?.x ?? Number.NaN;
    expect(x("a")).toBe(40);
    expect(x("b")).toBeGreaterThanOrEqual(340);
    expect(x("c")).toBeGreaterThan(x("b") + 300);
    expect([...(await layOut(sample, sizeOf, new Set(["a"]))).keys()]).toEqual(["a"]);
  });

  it("aligns on the outermost edge and makes gaps equal", () => {
    const nodes = [node("a", "text", 0, 10), node("b", "text", 350, 40), node("c", "text", 1000, 20)];
    expect(align(nodes, "top").get("b")).toEqual({ x: 350, y: 10 });
    expect(align(nodes, "left").get("c")).toEqual({ x: 0, y: 20 });
    expect(distribute(nodes, "x", sizeOf)).toEqual(new Map([["b", { x: 500, y: 40 }]]));
    expect(distribute(nodes.slice(1), "x", sizeOf).size).toBe(0);
  });
});

describe("canvas commands", () => {
  it("frame the selection and lay out, each as one step", async () => {
    const editor = editorOf(graph([node("a", "text"), node("b", "text", 10, 10)]));
    select(editor, ["a", "b"]);
    await run("canvas.frame", editor);
    expect(editor.getState().document.frames).toHaveLength(1);
    expect([...editor.getState().view.selectedFrames]).toEqual(["frame"]);
    await run("canvas.layout", editor);
    expect(editor.getState().history.past.map(({ label }) => label)).toEqual(["Frame", "Auto layout"]);
    await run("canvas.note", editor);
    expect(editor.getState().document.nodes.at(-1)?.type).toBe("note");
  });

  it("have names of their own and keys nobody else has", () => {
    const keys = canvasCommands.flatMap(({ keys = [] }) => keys);
    expect(new Set(canvasCommands.map(({ id }) => id)).size).toBe(canvasCommands.length);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
