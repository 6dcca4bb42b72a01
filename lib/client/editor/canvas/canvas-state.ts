import { createStore, type StoreApi } from "zustand/vanilla";
import type { Editor } from "../store.ts";

/** What only the canvas needs to know while it is on the screen. */
export type CanvasState = {
  /** What dragging on empty canvas does: draws a selection, or moves the view. */
  tool: "select" | "hand";
  /** Nodes land on the grid. */
  snap: boolean;
  /** The wire a held node would be put into. */
  overWire?: string;
  /** The note that is being written in. */
  writing?: string;
};

/** Grid of the canvas and of snapping, canvas units. */
export const GRID = 24;

const stores = new WeakMap<Editor, StoreApi<CanvasState>>();

/** The canvas state of an editor; commands and what is drawn share it. */
export function canvasOf(editor: Editor): StoreApi<CanvasState> {
  let store = stores.get(editor);
  if (!store) {
    store = createStore<CanvasState>()(() => ({ tool: "select", snap: false }));
    stores.set(editor, store);
  }
  return store;
}
