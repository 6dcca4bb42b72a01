import type { Template, TemplateDraft } from "../../../protocol/templates.ts";
import { callApi } from "../../call-api.ts";
import { keeperOf } from "../drafts/keeper-of.ts";
import { type Editor, say } from "../store.ts";
import { setPublished } from "./published.ts";

/** Saves what is on the canvas and gives its revision. Throws Error with a sentence when it cannot be saved now. */
export async function savedRevision(editor: Editor): Promise<number> {
  await (await keeperOf(editor)).save();
  const { state, revision, message } = editor.getState().save;
  if (state === "saved" && revision !== undefined) return revision;
  throw new Error(
    state === "saved"
      ? "There is nothing to publish yet: add a node first."
      : (message ?? "The graph could not be saved, so it was not published."),
  );
}

/** Publishes exactly what is on the canvas. Throws ApiError with every problem, Error with a sentence. */
export async function publishGraph(editor: Editor, wish: TemplateDraft): Promise<Template> {
  const { id } = editor.getState().document;
  const revision = await savedRevision(editor);
  const made = await callApi<Template>(`/api/graphs/${encodeURIComponent(id)}/publish`, {
    body: { ...wish, revision },
  });
  setPublished(editor, made);
  say(editor, `Published as revision ${made.revision}.`);
  return made;
}
