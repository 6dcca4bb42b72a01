import type { Template, TemplateList } from "../../../protocol/templates.ts";
import { callApi } from "../../call-api.ts";
import { loadTemplate } from "../../templates/template-server.ts";
import { keepingObjects } from "../drafts/same-document.ts";
import { sameToRun } from "../running/same-to-run.ts";
import type { EditorState } from "../state.ts";
import type { Editor } from "../store.ts";

/** What is published of the graph of an editor: `none` where nothing is. Undefined while it is not known. */
export type Published = { template: Template } | { template?: undefined };

type Held = { value?: Published; listeners: Set<() => void> };
const held = new WeakMap<Editor, Held>();

const of = (editor: Editor): Held => {
  const known = held.get(editor) ?? { listeners: new Set() };
  held.set(editor, known);
  return known;
};

export const publishedOf = (editor: Editor): Published | undefined => of(editor).value;

export function onPublished(editor: Editor, listener: () => void): () => void {
  const { listeners } = of(editor);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setPublished(editor: Editor, template: Template | undefined): void {
  const mine = of(editor);
  // The very objects of the document where nothing changed: comparing them again and again then costs nothing.
  mine.value = template
    ? { template: { ...template, graph: keepingObjects(editor.getState().document, template.graph) } }
    : {};
  for (const listener of mine.listeners) listener();
}

/** Asks the server, by a question that is not an error when nothing is published. */
export async function loadPublished(editor: Editor): Promise<void> {
  const { id } = editor.getState().document;
  const { templates } = await callApi<TemplateList>(`/api/templates?id=${encodeURIComponent(id)}`);
  setPublished(editor, templates.length > 0 ? await loadTemplate(id) : undefined);
}

/** Would the draft run differently from what is published, or ask for something else? */
export const draftDiffers = (
  { document }: Pick<EditorState, "document">,
  { graph }: Pick<Template, "graph">,
): boolean => document.name !== graph.name || !sameToRun(document, graph);
