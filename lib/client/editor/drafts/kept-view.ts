import type { Viewport } from "../state.ts";
import type { Editor } from "../store.ts";
import type { DraftStore, KeptView } from "./draft-store.ts";
import { openingOf } from "./open-graph.ts";
import { showsAnything } from "./shows-anything.ts";

/** Where the graph was last looked at in this browser; undefined when that would show nothing of it on a canvas of this size (pixels). */
export function viewToOpen(editor: Editor, size: { width: number; height: number }): KeptView | undefined {
  const { document } = editor.getInitialState();
  const view = openingOf(document)?.view;
  return view && showsAnything(document, view, size) ? view : undefined;
}

/** What is looked at now, or undefined while no canvas is there. */
export function viewNow(viewport: Viewport | undefined): KeptView | undefined {
  const origin = viewport?.toScreen({ x: 0, y: 0 });
  const right = viewport?.toScreen({ x: 1000, y: 0 });
  if (!origin || !right) return undefined;
  return { x: origin.x, y: origin.y, zoom: (right.x - origin.x) / 1000 };
}

/** Keeps what is looked at now, for the next time. A browser that keeps nothing is no reason to complain. */
export async function keepView(editor: Editor, store: DraftStore): Promise<void> {
  const view = viewNow(editor.around.viewport);
  if (view) await store.writeView(editor.getState().document.id, view).catch(() => {});
}
