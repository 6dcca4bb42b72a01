import type { Command } from "../command.ts";
import { openDialog } from "../store.ts";
import { comparedPair } from "./node-pictures.ts";

/** Comparing and joining the pictures of what is selected. */
export const paintCommands: readonly Command[] = [
  {
    id: "compare.open",
    title: "Compare pictures",
    group: "compare",
    keys: ["w", "m"],
    words: "wipe side by side difference before after takes",
    can: (editor) => comparedPair(editor.getState()) !== undefined,
    run(editor) {
      const pair = comparedPair(editor.getState());
      if (pair) openDialog(editor, { kind: "compare", before: pair.before, after: pair.after });
    },
  },
  {
    id: "compare.keep-region",
    title: "Keep a part of another take",
    group: "compare",
    words: "merge combine region from take mask composite",
    can: (editor) => comparedPair(editor.getState()) !== undefined,
    run(editor) {
      const pair = comparedPair(editor.getState());
      if (!pair) return;
      // What is shown now is the base; the earlier take, or the picture on the left, shows through where it is painted.
      const { before, after, nodeId } = pair;
      openDialog(editor, { kind: "keep", ...(nodeId === undefined ? {} : { nodeId }), base: after, from: before });
    },
  },
];
