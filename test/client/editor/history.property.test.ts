import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeClip } from "#lib/client/editor/edit/clipboard.ts";
import { connect, removeEdges, setPasses } from "#lib/client/editor/edit/connect.ts";
import { duplicateNodes } from "#lib/client/editor/edit/duplicate.ts";
import { addNode, moveNodes, renameNode, setSetting, toggleMode } from "#lib/client/editor/edit/edit-nodes.ts";
import { addFrame, changeFrame, frameAround } from "#lib/client/editor/edit/frames.ts";
import { insertOnEdge } from "#lib/client/editor/edit/insert-on-edge.ts";
import { pasteClip } from "#lib/client/editor/edit/paste.ts";
import { removeParts } from "#lib/client/editor/edit/remove-parts.ts";
import { change, createEditor, type Editor, redo, seal, undo } from "#lib/client/editor/store.ts";
import { Graph } from "#lib/protocol/graph.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { registry } from "./habits/an-editor.ts";

/** One thing a person does, told by numbers that are read against whatever the document holds at that time. */
type Deed = { kind: string; a: number; b: number; c: number; word: string };
type Edit = (graph: Graph, deed: Deed) => Graph;

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const some = (graph: Graph, { a, b }: Deed) =>
  [at(graph.nodes, a)?.id, at(graph.nodes, b)?.id].filter((id) => id !== undefined);
const port = (graph: Graph, id: string | undefined, side: "inputs" | "outputs", n: number) => {
  const type = registry.get(graph.nodes.find((node) => node.id === id)?.type ?? "");
  return at(Object.keys(type?.[side] ?? {}), n) ?? "none";
};
const sizeOf = () => ({ width: 300, height: 260 });

const EDITS: Record<string, Edit> = {
  add: (graph, { a, b, c }) => {
    const type = at(registry.nodes, a);
    return type ? addNode(graph, type, { x: b, y: c }).graph : graph;
  },
  connect: (graph, { a, b, c }) => {
    const [source, target] = [at(graph.nodes, a)?.id ?? "", at(graph.nodes, b)?.id ?? ""];
    const [sourceHandle, targetHandle] = [port(graph, source, "outputs", c), port(graph, target, "inputs", c)];
    return connect(graph, registry, { source, sourceHandle, target, targetHandle });
  },
  remove: (graph, deed) => removeParts(graph, registry, { nodes: new Set(some(graph, deed)) }),
  unwire: (graph, { a }) => removeEdges(graph, [at(graph.edges, a)?.id ?? ""]),
  move: (graph, deed) => moveNodes(graph, new Map(some(graph, deed).map((id) => [id, { x: deed.b, y: deed.c }]))),
  set: (graph, { a, word }) => setSetting(graph, at(graph.nodes, a)?.id ?? "", "text", word || undefined),
  rename: (graph, { a, word }) => renameNode(graph, at(graph.nodes, a)?.id ?? "", word),
  mute: (graph, deed) => toggleMode(graph, some(graph, deed), "mute"),
  bypass: (graph, deed) => toggleMode(graph, some(graph, deed), "bypass"),
  passes: (graph, { a, c }) => setPasses(graph, at(graph.edges, a)?.id ?? "", (c % 20) + 1),
  insert: (graph, { a, b }) =>
    insertOnEdge(graph, registry, at(graph.edges, a)?.id ?? "", at(graph.nodes, b)?.id ?? ""),
  duplicate: (graph, deed) =>
    duplicateNodes(graph, some(graph, deed), { x: 40, y: 40 }, { incoming: deed.c % 2 === 0 }).graph,
  paste: (graph, deed) => {
    const clip = makeClip(graph, some(graph, deed), [at(graph.frames, deed.c)?.id ?? ""]);
    return clip ? pasteClip(graph, registry, clip, { x: deed.b, y: deed.c }, { links: deed.c % 2 === 0 }).graph : graph;
  },
  frame: (graph, deed) =>
    deed.c % 2 === 0
      ? addFrame(graph, { x: deed.a, y: deed.b }, undefined, deed.word).graph
      : frameAround(graph, some(graph, deed), sizeOf, deed.word).graph,
  reframe: (graph, { a, word }) =>
    changeFrame(graph, at(graph.frames, a)?.id ?? "", (frame) => ({ ...frame, title: word })),
  unframe: (graph, { a }) => removeParts(graph, registry, { frames: new Set([at(graph.frames, a)?.id ?? ""]) }),
};

const number = fc.integer({ min: 0, max: 999 });
const deed = fc.record({
  // Building weighs as much as taking away, so that there is something to work on.
  kind: fc.constantFrom(...Object.keys(EDITS), "add", "connect", "connect", "duplicate"),
  a: number,
  b: number,
  c: number,
  word: fc.constantFrom("", "Hero", "a prompt {{product}}", "ß 漢 🙂"),
});

/** A document that somebody has worked on before. */
const document = fc.array(deed, { maxLength: 25 }).map((deeds) => deeds.reduce(apply, Graph.parse({ id: "start" })));

function apply(graph: Graph, one: Deed): Graph {
  return EDITS[one.kind]?.(graph, one) ?? graph;
}

/** Every law a document keeps, whatever was done to it. */
function expectSound(graph: Graph): void {
  expect(Graph.safeParse(graph).error).toBeUndefined();
  expect(readGraph(JSON.parse(JSON.stringify(graph))).problems).toEqual([]);
  const ids = new Set(graph.nodes.map(({ id }) => id));
  for (const list of [graph.nodes, graph.edges, graph.frames])
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
  expect(graph.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
  const single = graph.edges.filter(({ target, targetHandle, loop }) => {
    const type = registry.get(graph.nodes.find(({ id }) => id === target)?.type ?? "");
    return !loop && !type?.inputs[targetHandle]?.many;
  });
  expect(new Set(single.map(({ target, targetHandle }) => `${target}.${targetHandle}`)).size).toBe(single.length);
}

const steps = (editor: Editor, go: (editor: Editor) => boolean): Graph[] => {
  const seen = [];
  while (go(editor)) seen.push(editor.getState().document);
  return seen;
};

describe("the command log", () => {
  it("whatever is done, undoing everything gives the first document, redoing everything the last, and each between is sound", () => {
    fc.assert(
      fc.property(document, fc.array(deed, { minLength: 1, maxLength: 40 }), (start, deeds) => {
        const first = structuredClone(start);
        const editor = createEditor(start, { registry });
        const states = [start];
        for (const one of deeds) {
          if (change(editor, one.kind, (graph) => apply(graph, one))) states.push(editor.getState().document);
          expectSound(editor.getState().document);
        }
        const last = structuredClone(editor.getState().document);
        const back = steps(editor, undo);
        expect(back).toEqual(states.slice(0, -1).reverse());
        expect(editor.getState().document).toEqual(first);
        expect(steps(editor, redo)).toEqual(states.slice(1));
        expect(editor.getState().document).toEqual(last);
      }),
      { numRuns: 150 },
    );
  });

  it("a gesture is one step however many changes it makes, and never swallows what came before or after", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(deed, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        (gestures) => {
          const editor = createEditor(Graph.parse({ id: "start" }), { registry });
          const ends = [editor.getState().document];
          for (const gesture of gestures) {
            for (const one of gesture) change(editor, one.kind, (graph) => apply(graph, one), { merge: "gesture" });
            seal(editor);
            if (editor.getState().document !== ends.at(-1)) ends.push(editor.getState().document);
          }
          expect(steps(editor, undo)).toEqual(ends.slice(0, -1).reverse());
        },
      ),
      { numRuns: 60 },
    );
  });

  it("something new after an undo forgets what was undone, and nothing else", () => {
    fc.assert(
      fc.property(document, fc.array(deed, { minLength: 2, maxLength: 12 }), deed, number, (start, deeds, other, n) => {
        const editor = createEditor(start, { registry });
        for (const one of deeds) change(editor, one.kind, (graph) => apply(graph, one));
        for (let back = 0; back < n % deeds.length; back += 1) undo(editor);
        const here = editor.getState().document;
        if (!change(editor, other.kind, (graph) => apply(graph, other))) return;
        expect(redo(editor)).toBe(false);
        undo(editor);
        expect(editor.getState().document).toBe(here);
      }),
      { numRuns: 60 },
    );
  });

  it("nodes nobody touched keep their identity, so that their cards are not drawn again", () => {
    fc.assert(
      fc.property(document, deed, (start, one) => {
        const moved = apply(start, one);
        const before = new Map(start.nodes.map((node) => [node.id, node]));
        for (const node of moved.nodes) {
          const old = before.get(node.id);
          if (old && JSON.stringify(old) === JSON.stringify(node)) expect(node).toBe(old);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("deleting a node in the middle joins what stood on its sides wherever it fits", () => {
    const kinds = ["resize", "upscale", "grade", "encode"].flatMap((type) => registry.get(type) ?? []);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...kinds.slice(0, 3)), { minLength: 3, maxLength: 8 }),
        number,
        (types, n) => {
          let graph = Graph.parse({ id: "line" });
          const ids: string[] = [];
          for (const type of types) {
            const added = addNode(graph, type, { x: 0, y: 0 });
            ids.push(added.id);
            graph = added.graph;
            const source = ids.at(-2);
            if (source !== undefined)
              graph = connect(graph, registry, {
                source,
                sourceHandle: "image",
                target: added.id,
                targetHandle: "image",
              });
          }
          const middle = 1 + (n % (ids.length - 2));
          const rest = removeParts(graph, registry, { nodes: new Set([ids[middle] ?? ""]) });
          const line = ids.filter((_, index) => index !== middle);
          expect(rest.edges.map(({ source, target }) => [source, target]).sort()).toEqual(
            line
              .slice(1)
              .map((id, index) => [line[index], id])
              .sort(),
          );
        },
      ),
    );
  });
});
