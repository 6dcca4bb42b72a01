import { describe, expect, test } from "vitest";
import { fork, forkType } from "#lib/client/editor/edit/fork.ts";
import { forkFrom } from "#lib/client/editor/fields/commands.ts";
import { createEditor, undo } from "#lib/client/editor/store.ts";
import { planGraph } from "#lib/engine/plan.ts";
import { catalogueOf } from "#lib/runtime/catalogue.ts";
import { graphOf, nodeOf, registry } from "#test/client/editor/fields/graph-of.ts";

const graph = graphOf({
  nodes: [
    { id: "look", type: "spec-sheet" },
    { id: "words", type: "text", config: { text: "a fox" } },
    { id: "hero", type: "generate", position: { x: 400, y: 100 } },
    { id: "mask", type: "mask" },
  ],
  edges: [
    ["look.spec", "hero.spec"],
    ["words.text", "hero.prompt"],
  ],
});

describe("forking from a picture", () => {
  test("adds a node that continues it, below it, with the sheet it was drawn by", () => {
    const made = fork(graph, registry, "hero");
    const added = nodeOf(made?.graph ?? graph, made?.id ?? "");
    expect(added.type).toBe(forkType(registry)?.type.type);
    expect(added.position.y).toBeGreaterThan(100);
    const wires = made?.graph.edges.filter(({ target }) => target === added.id);
    expect(wires?.map(({ source, targetHandle }) => `${source}>${targetHandle}`)).toEqual(["hero>image", "look>spec"]);
  });

  test("twice gives two nodes that do not stand on each other", () => {
    const once = fork(graph, registry, "hero");
    const twice = fork(once?.graph ?? graph, registry, "hero");
    const [a, b] = [once?.id, twice?.id].map((id) => nodeOf(twice?.graph ?? graph, id ?? ""));
    expect(a?.id).not.toBe(b?.id);
    expect(Math.abs((a?.position.y ?? 0) - (b?.position.y ?? 0))).toBeGreaterThan(100);
  });

  test("only needs words to run then", () => {
    const made = fork(graph, registry, "hero");
    const { problems } = planGraph(made?.graph ?? graph, catalogueOf(registry), { inputs: {}, to: [made?.id ?? ""] });
    expect(problems.filter(({ node }) => node === made?.id).map(({ port }) => port)).toEqual(["instruction"]);
  });

  test("is not possible from a node without a picture", () => {
    expect(fork(graph, registry, "mask")).toBeUndefined();
    expect(fork(graph, registry, "gone")).toBeUndefined();
  });

  test("selects the new node and is one step to undo", () => {
    const editor = createEditor(graph, { registry });
    expect(forkFrom(editor, "hero")).toBe(true);
    const [selected] = editor.getState().view.selectedNodes;
    expect(nodeOf(editor.getState().document, selected ?? "").type).toBe(forkType(registry)?.type.type);
    undo(editor);
    expect(editor.getState().document).toBe(graph);
    expect(forkFrom(editor, "mask")).toBe(false);
  });
});
