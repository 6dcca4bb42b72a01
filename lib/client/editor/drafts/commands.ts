import type { Command } from "../command.ts";

export const draftCommands: readonly Command[] = [];
