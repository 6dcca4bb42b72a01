import type { Problem } from "../../../protocol/problems.ts";
import { nodesById } from "../graph-index.ts";
import { type Editor, select, setView } from "../store.ts";

/** Selects the node a problem is about and brings it into view. */
export function showProblem(editor: Editor, { node }: Problem): void {
  if (node === undefined || !nodesById(editor.getState().document).has(node)) return;
  select(editor, [node]);
  setView(editor, { inspectorOpen: true });
  editor.around.viewport?.fit([node]);
}
