import type { Command } from "../command.ts";

export const paintCommands: readonly Command[] = [];
