import { createStore, type StoreApi } from "zustand/vanilla";
import type { Graph } from "../../protocol/graph.ts";
import { nodesById } from "./graph-index.ts";
import { NO_HISTORY, record, redone, sealed, undone } from "./history.ts";
import type { Dialog, EditorState, RunSlice, SaveState, Surroundings, ViewSlice } from "./state.ts";

/** One editor. `around` holds what is not state: the node types, the canvas, the way to other pages. */
export type Editor = StoreApi<EditorState> & { around: Surroundings };

/** Opens a document in an editor of its own. */
export function createEditor(
  document: Graph,
  around: Pick<Surroundings, "registry" | "way"> & { navigate?(path: string): void },
  save: SaveState = { state: "saved" },
): Editor {
  const store = createStore<EditorState>()(() => ({
    document,
    history: NO_HISTORY,
    problems: [],
    view: {
      selectedNodes: new Set(),
      selectedEdges: new Set(),
      selectedFrames: new Set(),
      inspectorOpen: true,
      said: { text: "", n: 0 },
    },
    run: { starting: false, nodes: new Map(), takes: new Map(), estimating: false },
    save,
  }));
  return Object.assign(store, { around: { navigate: () => {}, ...around } });
}

/**
 * Everything that changes the document goes through here: one entry in the command log. `merge` joins it with the entry before when that
 * has the same one. Returns false when nothing changed.
 */
export function change(
  editor: Editor,
  label: string,
  edit: (graph: Graph) => Graph,
  options: { merge?: string; select?: readonly string[]; say?: string } = {},
): boolean {
  const state = editor.getState();
  const after = edit(state.document);
  if (after === state.document) return false;
  editor.setState({
    document: after,
    history: record(state.history, { label, before: state.document, after, merge: options.merge }),
    view: options.select ? withSelection(state.view, options.select) : pruned(state.view, after),
  });
  if (options.say !== undefined) say(editor, options.say);
  return true;
}

/** Ends a gesture: the next change is a step of its own. */
export const seal = (editor: Editor): void => editor.setState(({ history }) => ({ history: sealed(history) }));

/** Takes the last step back; says what it was. */
export function undo(editor: Editor): boolean {
  return travel(editor, undone(editor.getState().history), "Undone");
}

/** Does the step again that was taken back last. */
export function redo(editor: Editor): boolean {
  return travel(editor, redone(editor.getState().history), "Redone");
}

function travel(editor: Editor, to: ReturnType<typeof undone>, word: string): boolean {
  if (!to) return false;
  editor.setState(({ view }) => ({ document: to.document, history: to.history, view: pruned(view, to.document) }));
  say(editor, `${word}: ${to.label}`);
  return true;
}

/** Puts another document in place (a revision of the server, a restored version) as one step that can be undone. */
export const replaceDocument = (editor: Editor, label: string, document: Graph): boolean =>
  change(editor, label, () => document);

/** Selects exactly these nodes (and edges and frames). */
export function select(
  editor: Editor,
  nodes: Iterable<string>,
  edges: Iterable<string> = [],
  frames: Iterable<string> = [],
): void {
  const [selectedNodes, selectedEdges, selectedFrames] = [new Set(nodes), new Set(edges), new Set(frames)];
  editor.setState(({ view }) => ({ view: { ...view, selectedNodes, selectedEdges, selectedFrames } }));
}

/** Opens a dialog in place of the one that is open; undefined closes it. */
export const openDialog = (editor: Editor, dialog: Dialog | undefined): void =>
  editor.setState(({ view }) => ({ view: { ...view, dialog } }));

/** Tells a screen reader what happened. */
export const say = (editor: Editor, text: string): void =>
  editor.setState(({ view }) => ({ view: { ...view, said: { text, n: view.said.n + 1 } } }));

/** Changes what is known about the run. */
export const setRun = (editor: Editor, part: Partial<RunSlice>): void =>
  editor.setState(({ run }) => ({ run: { ...run, ...part } }));

/** Changes what is shown around the document. */
export const setView = (editor: Editor, part: Partial<ViewSlice>): void =>
  editor.setState(({ view }) => ({ view: { ...view, ...part } }));

const withSelection = (view: ViewSlice, nodes: readonly string[]): ViewSlice => ({
  ...view,
  selectedNodes: new Set(nodes),
  selectedEdges: new Set(),
  selectedFrames: new Set(),
});

/** The view without a selection of what is gone; the very same view when everything is still there. */
function pruned(view: ViewSlice, graph: Graph): ViewSlice {
  const nodes = nodesById(graph);
  const left = [...view.selectedNodes].filter((id) => nodes.has(id));
  const edges = view.selectedEdges.size === 0 ? [] : graph.edges.filter(({ id }) => view.selectedEdges.has(id));
  const frames = view.selectedFrames.size === 0 ? [] : graph.frames.filter(({ id }) => view.selectedFrames.has(id));
  if (
    left.length === view.selectedNodes.size &&
    edges.length === view.selectedEdges.size &&
    frames.length === view.selectedFrames.size
  )
    return view;
  return {
    ...view,
    selectedNodes: new Set(left),
    selectedEdges: new Set(edges.map(({ id }) => id)),
    selectedFrames: new Set(frames.map(({ id }) => id)),
  };
}
