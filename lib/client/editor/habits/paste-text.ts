import { count } from "../../words.ts";
import { addNode } from "../edit/edit-nodes.ts";
import { clipOf, pasteClip, readPaste } from "../edit/paste.ts";
import type { Point } from "../state.ts";
import { change, type Editor, say, select } from "../store.ts";
import { textHolder } from "./config-fields.ts";
import { notify } from "./notices.ts";
import { goToNode, placeForNew } from "./pointer.ts";

/** Puts a text from the clipboard into the graph: a clip, the nodes of a whole graph, or words as a node of their own. */
export function pasteText(
  editor: Editor,
  text: string,
  { links = false, at }: { links?: boolean; at?: Point } = {},
): void {
  const read = readPaste(text);
  if (read.kind === "refused") {
    notify(editor, read.why, "fail");
    return;
  }
  const canvas = at ?? placeForNew(editor).canvas;
  if (read.kind === "text") {
    pasteWords(editor, read.text, canvas);
    return;
  }
  const clip = read.kind === "clip" ? read.clip : clipOf(read.graph);
  const pasted = pasteClip(editor.getState().document, editor.around.registry, clip, canvas, { links });
  if (pasted.refused) {
    notify(editor, pasted.refused, "fail");
    return;
  }
  const words = count(pasted.nodes.length, "node");
  if (!change(editor, `Paste ${words}`, () => pasted.graph)) {
    notify(editor, "There is nothing in it to paste.");
    return;
  }
  select(editor, pasted.nodes, [], pasted.frames);
  say(editor, `${words} pasted`);
  if (read.cleaned > 0)
    notify(editor, `Pasted without ${count(read.cleaned, "text")} that looked like a key or a password.`);
  if (pasted.nodes.length === 1) goToNode(editor, pasted.nodes[0] ?? "");
}

function pasteWords(editor: Editor, text: string, at: Point): void {
  const holder = textHolder(editor.around.registry);
  if (!holder) {
    notify(editor, "There is no node here that holds words.", "fail");
    return;
  }
  const { graph, id } = addNode(editor.getState().document, holder.type, at, { [holder.field]: text });
  change(editor, "Paste text", () => graph, { select: [id], say: `${holder.type.title} node pasted` });
  goToNode(editor, id);
}
