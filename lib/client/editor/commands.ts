import { canvasCommands } from "./canvas/commands.ts";
import type { Command } from "./command.ts";
import { draftCommands } from "./drafts/commands.ts";
import { fieldCommands } from "./fields/commands.ts";
import { habitCommands } from "./habits/commands.ts";
import { libraryCommands } from "./library/commands.ts";
import { paintCommands } from "./paint/commands.ts";
import { publishCommands } from "./publish/commands.ts";
import { runCommands } from "./running/commands.ts";
import { subgraphCommands } from "./subgraph/commands.ts";

/** Every command of the editor: the palette, the keys and the menus read this one list. */
export const COMMANDS: readonly Command[] = [
  ...habitCommands,
  ...runCommands,
  ...canvasCommands,
  ...fieldCommands,
  ...paintCommands,
  ...libraryCommands,
  ...draftCommands,
  ...publishCommands,
  ...subgraphCommands,
];
