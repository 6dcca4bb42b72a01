import type { Command } from "../command.ts";
import { clipboardCommands } from "./clipboard-commands.ts";
import { editCommands } from "./edit-commands.ts";
import { openCommands } from "./open-commands.ts";

export const habitCommands: readonly Command[] = [...openCommands, ...editCommands, ...clipboardCommands];
