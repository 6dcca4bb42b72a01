import type { Command } from "../command.ts";
import { openDialog, say } from "../store.ts";

export const draftCommands: readonly Command[] = [
  {
    id: "draft.save",
    title: "Save now",
    group: "graph",
    keys: ["mod+s"],
    words: "store keep write",
    async run(editor) {
      // What saves is only loaded when the editor is: commands are read by everything.
      const { keeperOf } = await import("./keeper-of.ts");
      await (await keeperOf(editor)).save();
      const { state, message } = editor.getState().save;
      if (state === "saved") say(editor, "Saved.");
      else if (state === "offline")
        say(editor, `Not saved yet: ${message ?? "the server does not answer."} It is kept in this browser.`);
      else if (state === "conflict") openDialog(editor, { kind: "conflict" });
    },
  },
  {
    id: "draft.versions",
    title: "Compare versions",
    group: "graph",
    words: "history revisions restore diff changes earlier",
    run: (editor) => openDialog(editor, { kind: "versions" }),
  },
  {
    id: "draft.conflict",
    title: "Choose between the two versions",
    group: "graph",
    words: "conflict merge changed elsewhere",
    can: (editor) => editor.getState().save.conflict !== undefined,
    run: (editor) => openDialog(editor, { kind: "conflict" }),
  },
];
