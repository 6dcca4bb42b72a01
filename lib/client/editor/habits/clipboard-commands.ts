import { count } from "../../words.ts";
import type { Command } from "../command.ts";
import { clipText, makeClip } from "../edit/clipboard.ts";
import { removeParts } from "../edit/remove-parts.ts";
import { change, type Editor, say } from "../store.ts";
import { notify } from "./notices.ts";

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

async function write(editor: Editor, text: string | undefined): Promise<void> {
  if (text === undefined) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    say(editor, "Copied inside this page only: the browser keeps its clipboard closed.");
  }
}

/** Reading what others wrote takes code that nobody needs before. */
async function putDown(editor: Editor, text: string, options: { links?: boolean } = {}): Promise<void> {
  const { pasteText } = await import("./paste-text.ts");
  pasteText(editor, text, options);
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
    run: async (editor) => putDown(editor, await read()),
  },
  {
    id: "edit.paste-linked",
    title: "Paste with links",
    group: "edit",
    keys: ["mod+shift+v"],
    words: "wires incoming",
    run: async (editor) => putDown(editor, await read(), { links: true }),
  },
];

/** The commands whose usual keys the browser answers with an event that carries the clipboard. */
export const CLIPBOARD_EVENTS: Readonly<Record<string, string>> = {
  "edit.copy": "mod+c",
  "edit.cut": "mod+x",
  "edit.paste": "mod+v",
  "edit.paste-linked": "mod+shift+v",
};
