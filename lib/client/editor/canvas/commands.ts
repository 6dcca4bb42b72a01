import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import { count } from "../../words.ts";
import type { Command } from "../command.ts";
import { addNode, moveNodes } from "../edit/edit-nodes.ts";
import { addFrame, frameAround, type SizeOf } from "../edit/frames.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { change, type Editor, say, select } from "../store.ts";
import { align, distribute, layOut } from "./arrange.ts";
import { canvasOf } from "./canvas-state.ts";
import { lookOf } from "./card-look.ts";

const picked = (editor: Editor): GraphNode[] => {
  const nodes = nodesById(editor.getState().document);
  return [...editor.getState().view.selectedNodes].flatMap((id) => nodes.get(id) ?? []);
};
const several =
  (least: number) =>
  (editor: Editor): boolean =>
    editor.getState().view.selectedNodes.size >= least;
const onCanvas = (editor: Editor): boolean => editor.around.viewport !== undefined;
const sizeIn =
  (editor: Editor): SizeOf =>
  (node) =>
    editor.around.viewport?.sizeOf(node) ?? { width: 300, height: 220 };

/** Draws a frame around the selection, or an empty one in the middle of what is visible. */
function frame(editor: Editor): void {
  const { document, view } = editor.getState();
  const around = frameAround(document, view.selectedNodes, sizeIn(editor));
  const center = editor.around.viewport?.center() ?? { x: 240, y: 160 };
  const made =
    around.id === undefined
      ? addFrame(document, { x: center.x - 240, y: center.y - 160 })
      : { ...around, id: around.id };
  const held = view.selectedNodes.size;
  change(editor, "Frame", () => made.graph, {
    say: held > 0 ? `Frame around ${count(held, "node")}` : "Frame added",
  });
  select(editor, [], [], [made.id]);
}

async function arrange(editor: Editor): Promise<void> {
  const { document, view } = editor.getState();
  const ids = view.selectedNodes.size > 1 ? view.selectedNodes : undefined;
  const places = await layOut(document, sizeIn(editor), ids);
  // The document may have changed while the layout was fetched: only what is still there moves.
  const moved = change(editor, "Auto layout", (graph: Graph) => moveNodes(graph, places), {
    say: `${count(places.size, "node")} laid out`,
  });
  if (moved && !ids) editor.around.viewport?.fit();
}

/** Puts a note in the middle of what is visible. */
function note(editor: Editor): void {
  const type = editor.around.registry.nodes.find((one) => lookOf(one) === "note");
  if (!type) return;
  const center = editor.around.viewport?.center() ?? { x: 0, y: 0 };
  const added = addNode(editor.getState().document, type, { x: center.x - 120, y: center.y - 70 });
  change(editor, "Add a note", () => added.graph, { select: [added.id], say: "Note added" });
}

const place = (
  id: string,
  title: string,
  least: number,
  places: (nodes: GraphNode[], editor: Editor) => Map<string, Point>,
): Command => ({
  id,
  title,
  group: "edit",
  words: "arrange align",
  can: several(least),
  run: (editor) =>
    void change(editor, title, (graph) => moveNodes(graph, places(picked(editor), editor)), { say: title }),
});

/** What the canvas can be asked to do. */
export const canvasCommands: readonly Command[] = [
  {
    id: "canvas.fit",
    title: "Show everything",
    group: "view",
    keys: ["1"],
    words: "zoom fit all",
    can: onCanvas,
    run: (editor) => editor.around.viewport?.fit(),
  },
  {
    id: "canvas.fit-selection",
    title: "Show the selection",
    group: "view",
    keys: ["f"],
    words: "zoom fit focus",
    can: onCanvas,
    run(editor) {
      const { selectedNodes } = editor.getState().view;
      editor.around.viewport?.fit(selectedNodes.size > 0 ? [...selectedNodes] : undefined);
    },
  },
  {
    id: "canvas.zoom-100",
    title: "Zoom to 100 %",
    group: "view",
    keys: ["0"],
    can: onCanvas,
    run: (editor) => editor.around.viewport?.zoomTo(1),
  },
  {
    id: "canvas.zoom-in",
    title: "Zoom in",
    group: "view",
    keys: ["+", "="],
    can: onCanvas,
    run: (editor) => editor.around.viewport?.zoomBy(1.25),
  },
  {
    id: "canvas.zoom-out",
    title: "Zoom out",
    group: "view",
    keys: ["-"],
    can: onCanvas,
    run: (editor) => editor.around.viewport?.zoomBy(0.8),
  },
  {
    id: "canvas.select",
    title: "Select with drag",
    group: "view",
    keys: ["v"],
    words: "tool pointer",
    run: (editor) => canvasOf(editor).setState({ tool: "select" }),
  },
  {
    id: "canvas.hand",
    title: "Move the view with drag",
    group: "view",
    keys: ["h"],
    words: "tool hand pan",
    run: (editor) => canvasOf(editor).setState({ tool: "hand" }),
  },
  {
    id: "canvas.snap",
    title: "Snap to the grid",
    group: "view",
    words: "grid align",
    run(editor) {
      const snap = !canvasOf(editor).getState().snap;
      canvasOf(editor).setState({ snap });
      say(editor, snap ? "Nodes snap to the grid" : "Nodes move freely");
    },
  },
  { id: "canvas.frame", title: "Frame", group: "edit", keys: ["mod+g"], words: "group box section", run: frame },
  { id: "canvas.note", title: "Add a note", group: "add", keys: ["shift+n"], words: "comment sticky", run: note },
  {
    id: "canvas.layout",
    title: "Auto layout",
    group: "edit",
    keys: ["shift+l"],
    words: "arrange tidy dagre",
    can: (editor) => editor.getState().document.nodes.length > 1,
    run: arrange,
  },
  place("canvas.align-left", "Align left", 2, (nodes) => align(nodes, "left")),
  place("canvas.align-top", "Align top", 2, (nodes) => align(nodes, "top")),
  place("canvas.distribute-across", "Distribute from left to right", 3, (nodes, editor) =>
    distribute(nodes, "x", sizeIn(editor)),
  ),
  place("canvas.distribute-down", "Distribute from top to bottom", 3, (nodes, editor) =>
    distribute(nodes, "y", sizeIn(editor)),
  ),
];
