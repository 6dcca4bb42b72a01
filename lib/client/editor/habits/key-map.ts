import type { Command } from "../command.ts";
import type { Editor } from "../store.ts";

/** What of a KeyboardEvent names a key. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Keys by command id, in place of the command's own; an empty list takes all keys from it. */
export type KeyChanges = Readonly<Record<string, readonly string[]>>;

/** Where the keyboard is when a key is pressed. */
export type KeyPlace = {
  /** A text is being typed: only keys that no text needs are ours. */
  typing: boolean;
  /** Focus is on a button, a link, a list: Enter, Space and Tab are theirs. */
  control: boolean;
  /** The dialog that is open over the canvas. */
  dialog: boolean;
};

const NAMES: Record<string, string> = { " ": "space", esc: "escape", del: "delete" };
const MODIFIERS = new Set([
  "control",
  "meta",
  "shift",
  "alt",
  "altgraph",
  "capslock",
  "dead",
  "process",
  "unidentified",
]);

/**
 * The name of a press as commands write it: `mod+shift+z`, `?`, `space`. A letter is the one printed on the key where the layout gives
 * none of a–z (Cyrillic, Alt on a Mac). Undefined for a modifier alone.
 */
export function nameOfPress(press: KeyPress, mac: boolean): string | undefined {
  let key = press.key.toLowerCase();
  if (MODIFIERS.has(key)) return undefined;
  const printed = /^(?:Key([A-Z])|Digit(\d))$/.exec(press.code);
  const layoutIsForeign = key.length === 1 && key.charCodeAt(0) > 126;
  if (printed && (layoutIsForeign || press.altKey)) key = (printed[1] ?? printed[2] ?? key).toLowerCase();
  key = NAMES[key] ?? key;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  // A sign such as ? already says that Shift was held.
  const sign = key.length === 1 && !/[a-z0-9]/.test(key);
  return [mod && "mod", other && "ctrl", press.altKey && "alt", press.shiftKey && !sign && "shift", key]
    .filter(Boolean)
    .join("+");
}

/** The keys a command has now. */
export const keysOf = (command: Command, changes: KeyChanges): readonly string[] =>
  changes[command.id] ?? command.keys ?? [];

/** Keys that mean nothing to a text, and so work while one is typed. */
const WHILE_TYPING = new Set(["escape", "mod+enter", "mod+alt+enter", "mod+s", "mod+k", "mod+f", "mod+,", "mod+."]);
/** Keys that stay the editor's while a dialog is open; the rest is the dialog's. */
const OVER_A_DIALOG = new Set(["escape", "mod+s", "mod+k", "mod+f"]);
const OF_CONTROLS = new Set([
  "tab",
  "space",
  "enter",
  "arrowup",
  "arrowdown",
  "arrowleft",
  "arrowright",
  "home",
  "end",
]);

/** Does this press belong to the editor, or to what has the focus? */
export function isOurs(name: string, place: KeyPlace): boolean {
  if (place.dialog) return OVER_A_DIALOG.has(name);
  if (place.typing) return WHILE_TYPING.has(name);
  return !(place.control && OF_CONTROLS.has(name));
}

/** Commands a press may mean, those a person gave this key to first. */
export const commandsFor = (name: string, commands: readonly Command[], changes: KeyChanges): Command[] => {
  const found = commands.filter((command) => keysOf(command, changes).includes(name));
  return [...found.filter(({ id }) => changes[id]), ...found.filter(({ id }) => !changes[id])];
};

/** The command a press means here and now; undefined when the press is not ours or nothing can be done by it. */
export function commandFor(
  editor: Editor,
  name: string,
  place: KeyPlace,
  commands: readonly Command[],
  changes: KeyChanges,
): Command | undefined {
  const possible = commandsFor(name, commands, changes).filter(({ can }) => can?.(editor) ?? true);
  if (isOurs(name, place)) return possible[0];
  // Keys of comparing pictures belong to the dialog that compares them.
  return place.dialog && !place.typing ? possible.find(({ group }) => group === "compare") : undefined;
}

/** Keys that several commands claim, with the commands' ids. Those of comparing pictures live in a screen of their own. */
export function conflicts(commands: readonly Command[], changes: KeyChanges): ReadonlyMap<string, readonly string[]> {
  const claims = new Map<string, string[]>();
  for (const command of commands) {
    if (command.group === "compare") continue;
    for (const key of new Set(keysOf(command, changes))) claims.set(key, [...(claims.get(key) ?? []), command.id]);
  }
  return new Map([...claims].filter(([, ids]) => ids.length > 1));
}

const SHOWN: Record<string, [other: string, mac: string]> = {
  mod: ["Ctrl", "⌘"],
  ctrl: ["Win", "⌃"],
  alt: ["Alt", "⌥"],
  shift: ["Shift", "⇧"],
  enter: ["Enter", "↩"],
  escape: ["Esc", "Esc"],
  backspace: ["Backspace", "⌫"],
  delete: ["Delete", "⌦"],
  space: ["Space", "Space"],
  tab: ["Tab", "⇥"],
  arrowup: ["↑", "↑"],
  arrowdown: ["↓", "↓"],
  arrowleft: ["←", "←"],
  arrowright: ["→", "→"],
  contextmenu: ["Menu", "Menu"],
};

/** A key as people read it: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function keyForPeople(name: string, mac: boolean): string {
  const parts = name === "+" ? ["+"] : name.replace(/\+\+$/, "+plus").split("+");
  const shown = parts.map((part) => SHOWN[part]?.[mac ? 1 : 0] ?? (part === "plus" ? "+" : capital(part)));
  return mac ? shown.join("") : shown.join("+");
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
