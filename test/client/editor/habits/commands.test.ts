import { describe, expect, it } from "vitest";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import { copySelection, cutSelection } from "#lib/client/editor/habits/clipboard-commands.ts";
import { habitCommands } from "#lib/client/editor/habits/commands.ts";
import { conflicts } from "#lib/client/editor/habits/key-map.ts";
import { menuItems } from "#lib/client/editor/habits/menu-items.ts";
import { noticesOf } from "#lib/client/editor/habits/notices.ts";
import { paletteSections } from "#lib/client/editor/habits/palette.ts";
import { pasteText } from "#lib/client/editor/habits/paste-text.ts";
import type { Editor } from "#lib/client/editor/store.ts";
import { select } from "#lib/client/editor/store.ts";
import { aGraph, anEditor, wiresOf } from "./an-editor.ts";

const line = () =>
  anEditor(
    aGraph({ hero: "generate", small: "resize", out: "encode" }, [
      "hero.image > small.image",
      "small.image > out.image",
    ]),
  );
const command = (id: string) => {
  const found = habitCommands.find((one) => one.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
};
const run = (editor: Editor, id: string) => {
  if (command(id).can?.(editor) === false) throw new Error(`${id} cannot be done`);
  return command(id).run(editor);
};
const said = (editor: Editor) => editor.getState().view.said.text;
const notices = (editor: Editor) =>
  noticesOf(editor)
    .getState()
    .map(({ text }) => text);

describe("commands of the editor", () => {
  it("have names of their own, and no two claim the same key", () => {
    const ids = COMMANDS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect([...conflicts(habitCommands, {})]).toEqual([]);
  });

  it("deleting a node in the middle joins its wires, is said, and is undone in one step", () => {
    const editor = line();
    select(editor, ["small"]);
    run(editor, "edit.delete");
    expect(wiresOf(editor.getState().document)).toEqual(["hero.image > out.image"]);
    expect(said(editor)).toBe("Resize deleted");
    run(editor, "edit.undo");
    expect(wiresOf(editor.getState().document)).toHaveLength(2);
    run(editor, "edit.redo");
    expect(editor.getState().document.nodes).toHaveLength(2);
  });

  it("deleting takes selected wires and frames too", () => {
    const editor = anEditor(aGraph({ a: "text" }, [], { frames: [{ id: "f" }] }));
    select(editor, [], [], ["f"]);
    run(editor, "edit.delete");
    expect(editor.getState().document).toMatchObject({ frames: [], nodes: [{ id: "a" }] });
    const wired = line();
    select(wired, [], ["e1"]);
    run(wired, "edit.delete");
    expect(wired.getState().document.edges.map(({ id }) => id)).toEqual(["e2"]);
  });

  it("duplicating selects the copies", () => {
    const editor = line();
    select(editor, ["hero", "small"]);
    run(editor, "edit.duplicate");
    expect([...editor.getState().view.selectedNodes]).toEqual(["hero-2", "small-2"]);
    expect(wiresOf(editor.getState().document).at(-1)).toBe("hero-2.image > small-2.image");
  });

  it("muting and bypassing go on and off, and say which", () => {
    const editor = line();
    select(editor, ["small"]);
    run(editor, "edit.mute");
    expect([editor.getState().document.nodes[1]?.mode, said(editor)]).toEqual(["mute", "Resize muted"]);
    run(editor, "edit.mute");
    expect([editor.getState().document.nodes[1]?.mode, said(editor)]).toEqual(["on", "Resize no longer muted"]);
  });

  it("select all takes nodes, wires and frames; Escape closes first, then deselects", () => {
    const editor = line();
    run(editor, "edit.select-all");
    expect(editor.getState().view).toMatchObject({ selectedNodes: { size: 3 }, selectedEdges: { size: 2 } });
    run(editor, "view.find");
    run(editor, "view.escape");
    expect(editor.getState().view).toMatchObject({ dialog: undefined, selectedNodes: { size: 3 } });
    run(editor, "view.escape");
    expect(editor.getState().view.selectedNodes.size).toBe(0);
  });

  it("walks to the nearest node on a side and says where the end is", () => {
    const editor = line();
    select(editor, ["hero"]);
    run(editor, "view.walk-right");
    expect([...editor.getState().view.selectedNodes]).toEqual(["small"]);
    run(editor, "view.walk-right");
    run(editor, "view.walk-right");
    expect([[...editor.getState().view.selectedNodes], said(editor)]).toEqual([["out"], "Nothing more that way"]);
  });

  it("settings is a page of its own", () => {
    const editor = line();
    run(editor, "view.settings");
    expect(editor.paths).toEqual(["/settings"]);
  });
});

describe("the clipboard", () => {
  it("what is copied can be pasted, and the copies are selected", () => {
    const editor = line();
    select(editor, ["hero", "small"]);
    const text = copySelection(editor) ?? "";
    expect(said(editor)).toBe("2 nodes copied");
    pasteText(editor, text, { at: { x: 0, y: 900 } });
    expect([...editor.getState().view.selectedNodes]).toEqual(["hero-2", "small-2"]);
    expect(editor.getState().document.nodes.at(-2)?.position).toEqual({ x: 0, y: 900 });
  });

  it("cutting is one step and joins what was around", () => {
    const editor = line();
    select(editor, ["small"]);
    expect(cutSelection(editor)).toContain('"resize"');
    expect(wiresOf(editor.getState().document)).toEqual(["hero.image > out.image"]);
    run(editor, "edit.undo");
    expect(editor.getState().document.nodes).toHaveLength(3);
  });

  it("words become a node that holds them", () => {
    const editor = anEditor();
    pasteText(editor, "A red kayak in fog", { at: { x: 5, y: 6 } });
    expect(editor.getState().document.nodes).toMatchObject([
      { type: "text", config: { text: "A red kayak in fog" }, position: { x: 5, y: 6 } },
    ]);
  });

  it("what cannot be pasted is told in a sentence and changes nothing", () => {
    const editor = line();
    pasteText(editor, '{"format":"throughline/graph","version":99}');
    expect(notices(editor)).toEqual([expect.stringContaining("Update the program")]);
    expect(editor.getState().history.past).toEqual([]);
  });

  it("with nothing selected nothing is copied", () => {
    expect(copySelection(line())).toBeUndefined();
  });
});

describe("menus and palette", () => {
  const ids = (editor: Editor, on: "node" | "edge" | "canvas") =>
    menuItems(editor, habitCommands, on).flatMap((block) => block.map(({ id }) => id));

  it("a node's menu offers what can be done with the selection, deleting last", () => {
    const editor = line();
    select(editor, ["hero"]);
    expect(ids(editor, "node")).toEqual(
      expect.arrayContaining(["edit.rename", "edit.connect", "edit.copy", "edit.mute"]),
    );
    expect(ids(editor, "node").at(-1)).toBe("edit.delete");
    select(editor, ["hero", "small"]);
    expect(ids(editor, "node")).not.toContain("edit.rename");
  });

  it("every command of running appears in a node's menu by itself", () => {
    const editor = line();
    select(editor, ["hero"]);
    const running = { id: "run.to-here", title: "Run to here", group: "run" as const, run: () => {} };
    expect(menuItems(editor, [...habitCommands, running], "node")[0]).toEqual([running]);
  });

  it("a wire's menu can put a node on it", () => {
    const editor = line();
    select(editor, [], ["e1"]);
    expect(ids(editor, "edge")).toEqual(["add.on-wire", "edit.delete"]);
  });

  it("the palette finds commands, types to add, nodes to go to and graphs to open", () => {
    const editor = line();
    const found = (query: string) =>
      paletteSections(
        editor,
        habitCommands,
        {},
        editor.getState().document,
        [{ id: "spring", name: "Spring launch" }],
        query,
      ).flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(found("undo")[0]).toBe("command edit.undo");
    expect(found("upscale")[0]).toBe("add upscale");
    expect(found("go hero")).toContain("node hero");
    expect(found("spring")).toEqual(["graph spring"]);
    expect(found("zzzz")).toEqual([]);
  });

  it("what cannot be done now is shown and says so", () => {
    const editor = line();
    const [section] = paletteSections(editor, habitCommands, {}, editor.getState().document, [], "undo");
    expect(section?.entries[0]?.why).toBe("Not possible just now");
  });
});
