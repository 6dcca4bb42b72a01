import type { Command } from "../command.ts";

export const habitCommands: readonly Command[] = [];
