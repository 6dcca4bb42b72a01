import { count } from "../../words.ts";
import type { Command } from "../command.ts";
import { duplicateNodes } from "../edit/duplicate.ts";
import { toggleMode } from "../edit/edit-nodes.ts";
import { removeParts } from "../edit/remove-parts.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import { change, type Editor, openDialog, redo, say, select, undo } from "../store.ts";
import { goToNode, nameOf } from "./pointer.ts";

const picked = (editor: Editor): ReadonlySet<string> => editor.getState().view.selectedNodes;
const some = (editor: Editor): boolean => picked(editor).size > 0;
const one = (editor: Editor): string | undefined => (picked(editor).size === 1 ? [...picked(editor)][0] : undefined);
const wired = (editor: Editor, id: string): boolean => {
  const { into, outOf } = edgesOf(editor.getState().document);
  return into(id).length + outOf(id).length > 0;
};

/** "Hero shot" for one node, "3 nodes" for more. */
const namesOf = (editor: Editor, ids: ReadonlySet<string>): string =>
  ids.size === 1 ? nameOf(editor, [...ids][0] ?? "") : count(ids.size, "node");

function removeSelection(editor: Editor): void {
  const { view } = editor.getState();
  const [nodes, edges, frames] = [view.selectedNodes, view.selectedEdges, view.selectedFrames];
  const what = [
    nodes.size > 0 && namesOf(editor, nodes),
    edges.size > 0 && count(edges.size, "wire"),
    frames.size > 0 && count(frames.size, "frame"),
  ].filter(Boolean);
  const words = what.join(", ");
  change(editor, `Delete ${words}`, (graph) => removeParts(graph, editor.around.registry, { nodes, edges, frames }), {
    say: `${words} deleted`,
  });
}

function duplicateSelection(editor: Editor): void {
  let copies: string[] = [];
  const edit = duplicateNodes(editor.getState().document, picked(editor));
  copies = edit.ids;
  const words = namesOf(editor, picked(editor));
  change(editor, `Duplicate ${words}`, () => edit.graph, { select: copies, say: `${words} duplicated` });
  if (copies.length === 1) goToNode(editor, copies[0] ?? "");
}

function toggle(editor: Editor, mode: "mute" | "bypass"): void {
  const ids = picked(editor);
  const { document } = editor.getState();
  const off = [...ids].every((id) => nodesById(document).get(id)?.mode === mode);
  const words = mode === "mute" ? (off ? "no longer muted" : "muted") : off ? "no longer bypassed" : "bypassed";
  change(editor, mode === "mute" ? "Mute" : "Bypass", (graph) => toggleMode(graph, ids, mode), {
    say: `${namesOf(editor, ids)} ${words}`,
  });
}

/** What changes the document by keys and menus. */
export const editCommands: readonly Command[] = [
  {
    id: "edit.undo",
    title: "Undo",
    group: "edit",
    keys: ["mod+z"],
    can: (editor) => editor.getState().history.past.length > 0,
    run: (editor) => void undo(editor),
  },
  {
    id: "edit.redo",
    title: "Redo",
    group: "edit",
    keys: ["mod+shift+z", "mod+y"],
    can: (editor) => editor.getState().history.future.length > 0,
    run: (editor) => void redo(editor),
  },
  {
    id: "edit.rename",
    title: "Rename",
    group: "edit",
    keys: ["f2"],
    words: "title name",
    can: (editor) => one(editor) !== undefined,
    run: (editor) => openDialog(editor, { kind: "rename", nodeId: one(editor) ?? "" }),
  },
  {
    id: "edit.connect",
    title: "Connect …",
    group: "edit",
    keys: ["c"],
    words: "wire link edge port",
    can: (editor) => one(editor) !== undefined,
    run: (editor) => openDialog(editor, { kind: "connect", nodeId: one(editor) ?? "" }),
  },
  {
    id: "edit.disconnect",
    title: "Disconnect …",
    group: "edit",
    keys: ["shift+c"],
    words: "unwire unlink remove wire",
    can: (editor) => {
      const id = one(editor);
      return id !== undefined && wired(editor, id);
    },
    run: (editor) => openDialog(editor, { kind: "disconnect", nodeId: one(editor) ?? "" }),
  },
  {
    id: "edit.duplicate",
    title: "Duplicate",
    group: "edit",
    keys: ["mod+d"],
    words: "copy clone",
    can: some,
    run: duplicateSelection,
  },
  {
    id: "edit.mute",
    title: "Mute",
    group: "edit",
    keys: ["mod+m"],
    words: "off disable skip",
    can: some,
    run: (editor) => toggle(editor, "mute"),
  },
  {
    id: "edit.bypass",
    title: "Bypass",
    group: "edit",
    keys: ["mod+b"],
    words: "pass through skip",
    can: some,
    run: (editor) => toggle(editor, "bypass"),
  },
  {
    id: "edit.delete",
    title: "Delete",
    group: "edit",
    keys: ["backspace", "delete"],
    words: "remove",
    can: ({ getState }) => {
      const { selectedNodes, selectedEdges, selectedFrames } = getState().view;
      return selectedNodes.size + selectedEdges.size + selectedFrames.size > 0;
    },
    run: removeSelection,
  },
  {
    id: "edit.select-all",
    title: "Select all",
    group: "edit",
    keys: ["mod+a"],
    can: (editor) => editor.getState().document.nodes.length > 0,
    run(editor) {
      const { nodes, edges, frames } = editor.getState().document;
      const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
      select(editor, ids(nodes), ids(edges), ids(frames));
      say(editor, `${count(nodes.length, "node")} selected`);
    },
  },
];
