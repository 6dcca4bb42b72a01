import type { Graph } from "../../../protocol/graph.ts";
import { type Editor, openDialog, replaceDocument, say } from "../store.ts";
import { keepingObjects } from "./same-document.ts";

/** Brings a version back as one step that can be undone; `named` is how a person knows it, e.g. "the version of 14:02". */
export function restoreVersion(editor: Editor, graph: Graph, named: string): void {
  const { document } = editor.getState();
  // Another graph's id would be another graph: a version only brings its content back.
  const changed = replaceDocument(editor, `Restore ${named}`, keepingObjects(document, { ...graph, id: document.id }));
  openDialog(editor, undefined);
  say(editor, changed ? `Restored ${named}. Undo goes back.` : "This is the version on the canvas already.");
}
