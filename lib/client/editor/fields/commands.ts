import type { Command } from "../command.ts";

export const fieldCommands: readonly Command[] = [];
