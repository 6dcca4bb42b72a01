import type { Command } from "../command.ts";
import { fork, pictureOutput } from "../edit/fork.ts";
import { change, type Editor, setView } from "../store.ts";

const onlySelected = (editor: Editor): string | undefined => {
  const { selectedNodes } = editor.getState().view;
  return selectedNodes.size === 1 ? [...selectedNodes][0] : undefined;
};

/** Adds a node that continues from this one's picture, and selects it. False when the node gives none. */
export function forkFrom(editor: Editor, nodeId: string): boolean {
  let id: string | undefined;
  const forked = change(editor, "Fork", (graph) => {
    const made = fork(graph, editor.around.registry, nodeId);
    id = made?.id;
    return made?.graph ?? graph;
  });
  if (!forked || id === undefined) return false;
  editor.setState(({ view }) => ({
    view: {
      ...view,
      selectedNodes: new Set([id as string]),
      said: { text: "Forked: say what shall change", n: view.said.n + 1 },
    },
  }));
  return true;
}

/** What the inspector and the panel of inputs add to the palette, the keys and the menus. */
export const fieldCommands: readonly Command[] = [
  {
    id: "view.inspector",
    title: "Show or hide the inspector",
    group: "view",
    keys: ["i"],
    words: "settings properties panel right",
    run: (editor) => setView(editor, { inspectorOpen: !editor.getState().view.inspectorOpen }),
  },
  {
    id: "view.inputs",
    title: "Show or hide the inputs",
    group: "view",
    words: "variables parameters form panel left",
    run: (editor) => setView(editor, { panel: editor.getState().view.panel === "inputs" ? undefined : "inputs" }),
  },
  {
    id: "edit.fork",
    title: "Fork from this picture",
    group: "edit",
    words: "branch variation continue conversation another way",
    can: (editor) => {
      const id = onlySelected(editor);
      return id !== undefined && pictureOutput(editor.around.registry, editor.getState().document, id) !== undefined;
    },
    run: (editor) => {
      const id = onlySelected(editor);
      if (id !== undefined) forkFrom(editor, id);
    },
  },
];
