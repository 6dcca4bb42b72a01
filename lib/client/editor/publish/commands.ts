import { exportPath } from "../../templates/template-server.ts";
import type { Command } from "../command.ts";
import { type Editor, openDialog, say } from "../store.ts";
import { publishedOf } from "./published.ts";

const hasNodes = (editor: Editor) => editor.getState().document.nodes.length > 0;

/** Saves first, so that the file is what is on the canvas. */
async function download(editor: Editor, as: "json" | "zip"): Promise<void> {
  const { savedRevision } = await import("./publish-graph.ts");
  try {
    const revision = await savedRevision(editor);
    const path = exportPath("graph", editor.getState().document.id, as, revision);
    // Asked for by hand first: a refusal is a sentence here, and would be a page of JSON as a download.
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? `graph.${as}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    await tell(editor, as === "zip" ? "The bundle was downloaded." : "The graph was downloaded.");
  } catch (error) {
    await tell(editor, error instanceof Error ? error.message : "It could not be exported.", "fail");
  }
}

async function tell(editor: Editor, text: string, tone?: "fail"): Promise<void> {
  const { notify } = await import("../habits/notices.ts");
  notify(editor, text, tone);
}

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
    run: (editor) => download(editor, "json"),
  },
  {
    id: "publish.bundle",
    title: "Download as a bundle with its pictures",
    group: "graph",
    words: "export zip share pictures sheets",
    can: hasNodes,
    run: (editor) => download(editor, "zip"),
  },
  {
    id: "publish.copy",
    title: "Copy the whole graph as text",
    group: "graph",
    words: "export json share clipboard",
    can: hasNodes,
    async run(editor) {
      const { savedRevision } = await import("./publish-graph.ts");
      try {
        const revision = await savedRevision(editor);
        const answer = await fetch(exportPath("graph", editor.getState().document.id, "json", revision));
        if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail);
        await navigator.clipboard.writeText(await answer.text());
        say(editor, "The graph is in the clipboard.");
        await tell(editor, "The graph is in the clipboard as text: paste it into a message, or onto another canvas.");
      } catch (error) {
        await tell(editor, error instanceof Error ? error.message : "It could not be copied.", "fail");
      }
    },
  },
];
