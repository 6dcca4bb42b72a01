import { count } from "../../words.ts";
import type { Command } from "../command.ts";
import { clipText, makeClip } from "../edit/clipboard.ts";
import { addNode } from "../edit/edit-nodes.ts";
import { clipOf, pasteClip, readPaste } from "../edit/paste.ts";
import { removeParts } from "../edit/remove-parts.ts";
import type { Point } from "../state.ts";
import { change, type Editor, say, select } from "../store.ts";
import { textHolder } from "./config-fields.ts";
import { notify } from "./notices.ts";
import { goToNode, placeForNew } from "./pointer.ts";

const some = (editor: Editor): boolean => {
  const { selectedNodes, selectedFrames } = editor.getState().view;
  return selectedNodes.size + selectedFrames.size > 0;
};

/** What was copied last, for browsers that do not let a page read the clipboard. */
let kept = "";

/** The selection as text for the clipboard; undefined when nothing is selected. Tells what was copied. */
export function copySelection(editor: Editor): string | undefined {
  const { document, view } = editor.getState();
  const clip = makeClip(document, view.selectedNodes, view.selectedFrames, editor.around.viewport?.sizeOf);
  if (!clip) return undefined;
  const { text, cleaned } = clipText(clip);
  kept = text;
  if (cleaned > 0) notify(editor, `Copied without ${count(cleaned, "text")} that looked like a key or a password.`);
  else say(editor, `${count(clip.nodes.length, "node")} copied`);
  return text;
}

/** As copySelection, and deletes what was copied. */
export function cutSelection(editor: Editor): string | undefined {
  const text = copySelection(editor);
  if (text === undefined) return undefined;
  const { selectedNodes: nodes, selectedFrames: frames } = editor.getState().view;
  change(editor, `Cut ${count(nodes.size, "node")}`, (graph) =>
    removeParts(graph, editor.around.registry, { nodes, frames }),
  );
  return text;
}

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

async function write(editor: Editor, text: string | undefined): Promise<void> {
  if (text === undefined) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    say(editor, "Copied inside this page only: the browser keeps its clipboard closed.");
  }
}

async function read(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return kept;
  }
}

/** From menus and the palette. By Ctrl+C, X and V the browser itself brings its clipboard: no permission is needed then. */
export const clipboardCommands: readonly Command[] = [
  {
    id: "edit.copy",
    title: "Copy",
    group: "edit",
    keys: ["mod+c"],
    can: some,
    run: (editor) => write(editor, copySelection(editor)),
  },
  {
    id: "edit.cut",
    title: "Cut",
    group: "edit",
    keys: ["mod+x"],
    can: some,
    run: (editor) => write(editor, cutSelection(editor)),
  },
  {
    id: "edit.paste",
    title: "Paste",
    group: "edit",
    keys: ["mod+v"],
    run: async (editor) => pasteText(editor, await read()),
  },
  {
    id: "edit.paste-linked",
    title: "Paste with links",
    group: "edit",
    keys: ["mod+shift+v"],
    words: "wires incoming",
    run: async (editor) => pasteText(editor, await read(), { links: true }),
  },
];

/** The commands whose usual keys the browser answers with an event that carries the clipboard. */
export const CLIPBOARD_EVENTS: Readonly<Record<string, string>> = {
  "edit.copy": "mod+c",
  "edit.cut": "mod+x",
  "edit.paste": "mod+v",
  "edit.paste-linked": "mod+shift+v",
};
