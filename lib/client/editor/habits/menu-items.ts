import type { Command } from "../command.ts";
import type { Dialog } from "../state.ts";
import type { Editor } from "../store.ts";

type On = Extract<Dialog, { kind: "menu" }>["on"];

const CLIPBOARD = ["edit.copy", "edit.cut", "edit.duplicate"];
const NAMING = ["edit.rename", "edit.connect", "edit.disconnect"];
const NEVER = new Set(["edit.undo", "edit.redo", "edit.select-all", "edit.paste", "edit.paste-linked", "edit.delete"]);

/** What a menu offers, in blocks: only commands that can be done now. New commands of the groups `run` and `edit` appear by themselves. */
export function menuItems(editor: Editor, commands: readonly Command[], on: On): Command[][] {
  const can = commands.filter((command) => command.can?.(editor) ?? true);
  const named = (ids: readonly string[]) => ids.flatMap((id) => can.find((command) => command.id === id) ?? []);
  const rest = (group: Command["group"], taken: readonly string[]) =>
    can.filter((command) => command.group === group && !NEVER.has(command.id) && !taken.includes(command.id));
  const blocks: Record<On, () => Command[][]> = {
    node: () => [
      can.filter(({ id }) => id.startsWith("run.")),
      named(NAMING),
      named(CLIPBOARD),
      rest("edit", [...NAMING, ...CLIPBOARD]),
      named(["edit.delete"]),
    ],
    edge: () => [named(["add.on-wire"]), can.filter(({ id }) => /^(edge|wire)\./.test(id)), named(["edit.delete"])],
    canvas: () => [
      named(["add.node", "edit.paste", "edit.paste-linked"]),
      named(["edit.undo", "edit.redo", "edit.select-all"]),
      can.filter(({ group, id }) => group === "view" && /fit|zoom|tidy|arrange/.test(id)),
    ],
  };
  return blocks[on]().filter((block) => block.length > 0);
}
