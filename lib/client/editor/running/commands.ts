import type { Command } from "../command.ts";
import { nodesById } from "../graph-index.ts";
import { type Editor, say } from "../store.ts";
import { isMoving, startRun, stopRun } from "./start.ts";
import { newTake, starTake, stepTake, takeNow, unpin } from "./takes.ts";
import { holdUpstream, targetsFromHere } from "./targets.ts";

const selection = (editor: Editor): string[] => {
  const nodes = nodesById(editor.getState().document);
  return [...editor.getState().view.selectedNodes].filter((id) => nodes.has(id));
};
const one = (editor: Editor): string | undefined => {
  const ids = selection(editor);
  return ids.length === 1 ? ids[0] : undefined;
};
const some = (editor: Editor): boolean => selection(editor).length > 0;
const idle = (editor: Editor): boolean => !isMoving(editor.getState().run);
const hasTakes = (editor: Editor): boolean => {
  const id = one(editor);
  return id !== undefined && (editor.getState().run.takes.get(id)?.length ?? 0) > 1;
};

/** Does something to the selected node, when it is the only one. */
const toOne = (act: (editor: Editor, nodeId: string) => unknown) => (editor: Editor) => {
  const id = one(editor);
  if (id !== undefined) act(editor, id);
};

export const runCommands: readonly Command[] = [
  {
    id: "run.selection",
    title: "Run",
    group: "run",
    keys: ["mod+enter"],
    words: "start selection all price",
    can: idle,
    run(editor) {
      const to = selection(editor);
      void startRun(editor, to.length > 0 ? { to } : {});
    },
  },
  {
    id: "run.all",
    title: "Run everything",
    group: "run",
    words: "start whole graph",
    can: idle,
    run: (editor) => void startRun(editor),
  },
  {
    id: "run.to-here",
    title: "Run to here",
    group: "run",
    words: "selection upstream",
    can: (editor) => some(editor) && idle(editor),
    run: (editor) => void startRun(editor, { to: selection(editor) }),
  },
  {
    id: "run.from-here",
    title: "Run from here",
    group: "run",
    words: "selection downstream on",
    can: (editor) => some(editor) && idle(editor),
    run: (editor) => void startRun(editor, { to: targetsFromHere(editor.getState().document, selection(editor)) }),
  },
  {
    id: "run.only-this",
    title: "Run only this",
    group: "run",
    words: "single node hold pin upstream",
    can: (editor) => one(editor) !== undefined && idle(editor),
    run: toOne((editor, id) => {
      const { document, run } = editor.getState();
      void startRun(editor, { to: [id], graph: holdUpstream(document, id, run.nodes) });
    }),
  },
  {
    id: "run.retry-from-here",
    title: "Retry from here",
    group: "run",
    words: "failed again resume",
    can: (editor) => some(editor) && idle(editor),
    run: (editor) => void startRun(editor, { to: targetsFromHere(editor.getState().document, selection(editor)) }),
  },
  {
    id: "run.new-take",
    title: "New take",
    group: "run",
    keys: ["shift+enter"],
    words: "another try variation seed again",
    can: (editor) => one(editor) !== undefined && idle(editor),
    run: toOne((editor, id) => {
      if (newTake(editor, id)) void startRun(editor, { to: [id] });
    }),
  },
  {
    id: "run.previous-take",
    title: "Previous take",
    group: "run",
    keys: ["arrowleft"],
    words: "back older history",
    can: hasTakes,
    run: toOne((editor, id) => stepTake(editor, id, -1)),
  },
  {
    id: "run.next-take",
    title: "Next take",
    group: "run",
    keys: ["arrowright"],
    words: "forward newer history",
    can: hasTakes,
    run: toOne((editor, id) => stepTake(editor, id, 1)),
  },
  {
    id: "run.star-take",
    title: "Star the take",
    group: "run",
    keys: ["s"],
    words: "favourite favorite like",
    can: (editor) => {
      const id = one(editor);
      return id !== undefined && takeNow(editor, id)?.key !== undefined;
    },
    run: toOne(starTake),
  },
  {
    id: "run.unpin",
    title: "Unpin the result",
    group: "run",
    words: "let run again release",
    can: (editor) => {
      const id = one(editor);
      return id !== undefined && nodesById(editor.getState().document).get(id)?.pin !== undefined;
    },
    run: toOne(unpin),
  },
  {
    id: "run.table",
    title: "Run from a table",
    group: "run",
    words: "batch rows spreadsheet csv many paste",
    async run(editor) {
      // A table runs the graph as it is saved. What saves is only loaded when the editor is.
      const { keeperOf } = await import("../drafts/keeper-of.ts");
      await (await keeperOf(editor)).save();
      const { save, document } = editor.getState();
      if (save.state === "saved") editor.around.navigate(`/batches/new?graph=${encodeURIComponent(document.id)}`);
      else say(editor, "The graph is not saved yet; a table runs it as it is saved.");
    },
  },
  {
    id: "run.stop",
    title: "Stop the run",
    group: "run",
    keys: ["mod+alt+enter"],
    words: "cancel abort",
    can: (editor) => isMoving(editor.getState().run),
    run: (editor) => stopRun(editor),
  },
];
