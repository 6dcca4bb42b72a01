import type { Editor } from "./store.ts";

/** Where a command stands in menus and in the keys help. */
export type CommandGroup = "add" | "edit" | "run" | "view" | "compare" | "graph" | "help";

/**
 * Something a person can ask the editor to do: from the palette, a key, a menu. Ids are stable (remapped keys name them). Keys are written
 * `mod+shift+z`; `mod` is Ctrl, on a Mac Cmd; single characters and names of KeyboardEvent.key in lower case.
 */
export type Command = {
  id: string;
  title: string;
  group: CommandGroup;
  keys?: readonly string[];
  /** More words to find it by. */
  words?: string;
  /** False: shown dimmed, not run. Left out: always possible. */
  can?(editor: Editor): boolean;
  run(editor: Editor): void | Promise<void>;
};
