import { exportPath } from "../../templates/template-server.ts";
import { notify } from "../habits/notices.ts";
import { type Editor, say } from "../store.ts";
import { savedRevision } from "./publish-graph.ts";

/** Saves first, so that the file is what is on the canvas. */
export async function download(editor: Editor, as: "json" | "zip"): Promise<void> {
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
    notify(editor, as === "zip" ? "The bundle was downloaded." : "The graph was downloaded.");
  } catch (error) {
    notify(editor, error instanceof Error ? error.message : "It could not be exported.", "fail");
  }
}

/** The whole graph as text, for a message or another canvas. */
export async function copyAsText(editor: Editor): Promise<void> {
  try {
    const revision = await savedRevision(editor);
    const answer = await fetch(exportPath("graph", editor.getState().document.id, "json", revision));
    if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail);
    await navigator.clipboard.writeText(await answer.text());
    say(editor, "The graph is in the clipboard.");
    notify(editor, "The graph is in the clipboard as text: paste it into a message, or onto another canvas.");
  } catch (error) {
    notify(editor, error instanceof Error ? error.message : "It could not be copied.", "fail");
  }
}
