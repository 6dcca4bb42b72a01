import { describe, expect, it } from "vitest";
import { libraryCommands } from "#lib/client/editor/library/commands.ts";
import { recipesOf } from "#lib/client/editor/running/current-take.ts";
import { setRun, setView } from "#lib/client/editor/store.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { aGraph, anEditor, aTake } from "../running/a-run.ts";

const picture = (turn: boolean): ImageValue => ({
  kind: "image",
  asset: `sha256:${"a".repeat(64)}`,
  width: 4,
  height: 3,
  mediaType: "image/png",
  ...(turn ? { turn: { responseId: "resp_1", depth: 1, provider: "simulator", createdAt: 0 } } : {}),
  made: { by: "model" },
});
const shown = (turn: boolean, selected = ["hero"]) => {
  const editor = anEditor(aGraph());
  setRun(editor, { takes: new Map([["hero", [aTake({ outputs: { image: [picture(turn)] } })]]]) });
  setView(editor, { selectedNodes: new Set(selected) });
  return editor;
};
const save = libraryCommands.find(({ id }) => id === "look.save");

describe("saving the look", () => {
  it("is offered for the one selected node whose picture has a conversation, and for nothing else", () => {
    expect(save?.can?.(shown(true))).toBe(true);
    expect(save?.can?.(shown(false))).toBe(false);
    expect(save?.can?.(shown(true, []))).toBe(false);
    expect(save?.can?.(shown(true, ["hero", "words"]))).toBe(false);
  });
  it("opens the dialog with the picture and the name of its node", () => {
    const editor = shown(true);
    void save?.run(editor);
    expect(editor.getState().view.dialog).toMatchObject({ kind: "look", picture: { turn: { responseId: "resp_1" } } });
  });
});

describe("a followed sheet", () => {
  it("changes the recipe of the node that follows it when it says something else", () => {
    const use = { nodeId: "hero", field: "library", ref: "a", id: "a", version: 1, follows: true };
    const [before, after] = ["h1", "h2"].map((hash) => recipesOf(aGraph(), [{ ...use, hash }]).get("hero"));
    expect(before).not.toBe(after);
    expect(recipesOf(aGraph(), [{ ...use, hash: "h1", version: 9 }]).get("hero")).toBe(before);
  });
});
