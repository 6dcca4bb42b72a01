import type { Command } from "../command.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import { nodesById } from "../graph-index.ts";
import { picturesOf } from "../paint/node-pictures.ts";
import { type Editor, openDialog } from "../store.ts";

/** The picture with a conversation behind it that the one selected node shows, with what people call the node. */
function lookOf(editor: Editor) {
  const state = editor.getState();
  const [id, ...more] = state.view.selectedNodes;
  const node = id === undefined || more.length > 0 ? undefined : nodesById(state.document).get(id);
  const picture = node && picturesOf(state, node.id).find(({ turn }) => turn !== undefined);
  return picture && { picture, title: titleOf(node, editor.around.registry.get(node.type)) };
}

/** What leads from the canvas to the library of spec sheets. */
export const libraryCommands: readonly Command[] = [
  {
    id: "look.save",
    title: "Save the look as a spec sheet",
    group: "edit",
    words: "distil style system prompt library conversation thread",
    can: (editor) => lookOf(editor) !== undefined,
    run(editor) {
      const look = lookOf(editor);
      if (look) openDialog(editor, { kind: "look", ...look });
    },
  },
  {
    id: "look.library",
    title: "Open the library of spec sheets",
    group: "graph",
    words: "spec sheets style house look",
    run: (editor) => editor.around.navigate("/sheets"),
  },
];
