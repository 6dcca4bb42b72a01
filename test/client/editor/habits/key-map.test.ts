import { describe, expect, it } from "vitest";
import type { Command } from "#lib/client/editor/command.ts";
import { readKeyChanges, writeKeyChanges } from "#lib/client/editor/habits/key-changes.ts";
import { commandFor, conflicts, type KeyPlace, keyForPeople, nameOfPress } from "#lib/client/editor/habits/key-map.ts";
import { anEditor } from "./an-editor.ts";

const press = (key: string, held: string[] = [], code = "") => ({
  key,
  code,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  shiftKey: held.includes("shift"),
  altKey: held.includes("alt"),
});
const CANVAS: KeyPlace = { typing: false, control: false, dialog: false };
const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: "edit",
  keys,
  run: () => {},
  ...more,
});

describe("the name of a key press", () => {
  it.each([
    ["Z", ["ctrl", "shift"], "KeyZ", false, "mod+shift+z"],
    ["z", ["meta"], "KeyZ", true, "mod+z"],
    ["z", ["ctrl"], "KeyZ", true, "ctrl+z"],
    ["?", ["shift"], "Slash", false, "?"],
    [" ", [], "Space", false, "space"],
    ["A", ["shift"], "KeyA", false, "shift+a"],
    ["Tab", ["shift"], "Tab", false, "shift+tab"],
    ["я", ["ctrl"], "KeyZ", false, "mod+z"],
    ["ç", ["alt"], "KeyC", true, "alt+c"],
    ["Enter", ["ctrl", "alt"], "Enter", false, "mod+alt+enter"],
    ["Shift", ["shift"], "ShiftLeft", false, undefined],
    ["Dead", [], "Quote", false, undefined],
  ])("%s with %s is called %s", (key, held, code, mac, name) => {
    expect(nameOfPress(press(key, held, code), mac)).toBe(name);
  });

  it("is shown as it is printed on the keyboard", () => {
    expect(keyForPeople("mod+shift+z", false)).toBe("Ctrl+Shift+Z");
    expect(keyForPeople("mod+shift+z", true)).toBe("⌘⇧Z");
    expect(keyForPeople("mod++", false)).toBe("Ctrl++");
    expect(keyForPeople("?", false)).toBe("?");
  });
});

describe("whose key it is", () => {
  const all = [
    command("remove", ["backspace"]),
    command("copy", ["mod+c"]),
    command("run", ["mod+enter"]),
    command("save", ["mod+s"]),
    command("out", ["escape"]),
    command("add", ["tab", "space"]),
    command("wipe", ["w"], { group: "compare" }),
  ];
  const found = (name: string, place: Partial<KeyPlace>) =>
    commandFor(anEditor(), name, { ...CANVAS, ...place }, all, {})?.id;

  it("while a text is typed only keys that no text needs are ours", () => {
    expect(["backspace", "mod+c", "space", "w"].map((name) => found(name, { typing: true }))).toEqual(
      Array(4).fill(undefined),
    );
    expect(["mod+enter", "mod+s", "escape"].map((name) => found(name, { typing: true }))).toEqual([
      "run",
      "save",
      "out",
    ]);
  });

  it("on a button Space and Tab stay the button's, other keys do not", () => {
    expect(found("space", { control: true })).toBeUndefined();
    expect(found("tab", { control: true })).toBeUndefined();
    expect(found("backspace", { control: true })).toBe("remove");
  });

  it("over a dialog the canvas keeps quiet, and comparing pictures has its keys", () => {
    expect(found("backspace", { dialog: true })).toBeUndefined();
    expect(found("mod+s", { dialog: true })).toBe("save");
    expect(found("w", { dialog: true })).toBe("wipe");
    expect(found("w", { dialog: true, typing: true })).toBeUndefined();
  });

  it("a command that cannot be done leaves its key to the next one", () => {
    const two = [command("first", ["s"], { can: () => false }), command("second", ["s"])];
    expect(commandFor(anEditor(), "s", CANVAS, two, {})?.id).toBe("second");
  });

  it("a key a person gave to a command goes there first, and its old key is free", () => {
    const changes = { copy: ["backspace"] };
    expect(commandFor(anEditor(), "backspace", CANVAS, all, changes)?.id).toBe("copy");
    expect(commandFor(anEditor(), "mod+c", CANVAS, all, changes)).toBeUndefined();
    expect([...conflicts(all, changes)]).toEqual([["backspace", ["remove", "copy"]]]);
  });
});

describe("keys a person chose", () => {
  it("come back as they were kept", () => {
    const changes = { "edit.undo": ["mod+u"], "edit.redo": [] };
    expect(readKeyChanges(writeKeyChanges(changes))).toEqual(changes);
    expect(writeKeyChanges({})).toBeUndefined();
    expect(readKeyChanges(undefined)).toEqual({});
  });

  it.each([
    "not json",
    "[]",
    "null",
    '{"edit.undo":"mod+z"}',
    '{"edit.undo":["two words here"]}',
    '{"__proto__":["x"]}',
  ])("what is broken is left out: %s", (stored) => {
    expect(readKeyChanges(stored)).toEqual({});
  });

  it("a broken entry takes no other with it", () => {
    expect(readKeyChanges('{"edit.undo":7,"edit.redo":["mod+r"]}')).toEqual({ "edit.redo": ["mod+r"] });
  });
});
