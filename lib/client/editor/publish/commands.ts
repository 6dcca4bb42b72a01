import type { Command } from "../command.ts";
import { type Editor, openDialog } from "../store.ts";
import { publishedOf } from "./published.ts";

const hasNodes = (editor: Editor) => editor.getState().document.nodes.length > 0;

/** What these do comes when it is first asked for: commands are read by everything. */
const exporting = () => import("./export-graph.ts");

export const publishCommands: readonly Command[] = [
  {
    id: "publish.open",
    title: "Publish as a template",
    group: "graph",
    words: "template form share colleague release",
    can: hasNodes,
    run: (editor) => openDialog(editor, { kind: "publish" }),
  },
  {
    id: "publish.form",
    title: "Open the form",
    group: "graph",
    words: "template published fill in",
    can: (editor) => publishedOf(editor)?.template !== undefined,
    run: (editor) => editor.around.navigate(`/templates/${encodeURIComponent(editor.getState().document.id)}`),
  },
  {
    id: "publish.revisions",
    title: "Published revisions",
    group: "graph",
    words: "template roll back history unpublish",
    can: (editor) => publishedOf(editor)?.template !== undefined,
    run: (editor) =>
      editor.around.navigate(`/templates/${encodeURIComponent(editor.getState().document.id)}/revisions`),
  },
  {
    id: "publish.json",
    title: "Download as a file",
    group: "graph",
    words: "export json share save as",
    can: hasNodes,
    run: async (editor) => (await exporting()).download(editor, "json"),
  },
  {
    id: "publish.bundle",
    title: "Download as a bundle with its pictures",
    group: "graph",
    words: "export zip share pictures sheets",
    can: hasNodes,
    run: async (editor) => (await exporting()).download(editor, "zip"),
  },
  {
    id: "publish.copy",
    title: "Copy the whole graph as text",
    group: "graph",
    words: "export json share clipboard",
    can: hasNodes,
    run: async (editor) => (await exporting()).copyAsText(editor),
  },
];
