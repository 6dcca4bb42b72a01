import { describe, expect, it } from "vitest";
import { turnOn, wireRoutes } from "#lib/client/editor/canvas/threads.ts";
import { selectWireLook } from "#lib/client/editor/canvas/wire-look.ts";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { change, setRun } from "#lib/client/editor/store.ts";
import { edge, editorOf, graph, node, nodeRun, picture, registry } from "./sample-graph.ts";

const threads = (document: ReturnType<typeof graph>) =>
  [...wireRoutes(document, registry)].filter(([, { thread }]) => thread).map(([id]) => id);

describe("the conversation along the wires", () => {
  it("goes on from a drawn picture to an edit, over local steps and bends, and not into lists, masks or words", () => {
    const document = graph(
      [
        node("words", "text"),
        node("hero", "generate"),
        node("grade", "grade"),
        node("bend", "reroute"),
        node("next", "edit"),
        node("mask", "mask"),
        node("other", "generate"),
        node("shelf", "archive"),
      ],
      [
        edge("words.text > hero.prompt"),
        edge("hero.image > grade.image"),
        edge("grade.image > bend.value"),
        edge("bend.value > next.image"),
        edge("hero.image > mask.image"),
        edge("hero.image > other.references"),
        edge("hero.image > shelf.image"),
      ],
    );
    expect(threads(document)).toEqual(["hero-grade", "grade-bend", "bend-next"]);
    expect(wireRoutes(document, registry).get("bend-next")?.kind).toBe("image");
  });

  it("does not begin with an uploaded picture or in the one-shot lane", () => {
    const document = graph(
      [
        node("ref", "reference"),
        node("a", "edit"),
        node("one", "generate", 0, 0, { config: { lane: "oneshot" } }),
        node("b", "edit"),
      ],
      [edge("ref.image > a.image"), edge("one.image > b.image")],
    );
    expect(threads(document)).toEqual([]);
  });

  it("ends in circles", () => {
    const document = graph(
      [node("a", "grade"), node("b", "grade")],
      [edge("a.image > b.image"), edge("b.image > a.image", { loop: { passes: 3 } })],
    );
    expect(threads(document)).toEqual([]);
  });

  it("has the depth of the deepest picture a wire carried", () => {
    expect(turnOn([picture(2), picture(3)])).toBe(3);
    expect(turnOn([picture()])).toBe(0);
    expect(turnOn([])).toBeUndefined();
  });
});

describe("the look of a wire", () => {
  const document = graph(
    [node("words", "text"), node("hero", "generate"), node("next", "edit")],
    [
      edge("words.text > hero.prompt"),
      edge("hero.image > next.image"),
      edge("next.drift > hero.prompt", { loop: { passes: 5 } }),
    ],
  );

  it("follows the last run: turn, rehydrated, branch not taken, under way", () => {
    const editor = editorOf(document);
    const look = selectWireLook("hero-next", registry);
    expect(look(editor.getState())).toMatchObject({ thread: true, depth: 0, kind: "image" });
    const hero = nodeRun({ outputs: { image: [picture(2)] } });
    setRun(editor, {
      nodes: new Map([
        ["hero", hero],
        ["next", nodeRun({ state: "running", rehydrated: true })],
      ]),
    });
    expect(look(editor.getState())).toMatchObject({
      thread: true,
      depth: 2,
      rehydrated: true,
      moving: true,
      idle: false,
    });
    setRun(editor, { nodes: new Map([["hero", nodeRun({ outputs: { image: [picture()] } })]]) });
    expect(look(editor.getState())).toMatchObject({ thread: false, moving: false });
    setRun(editor, { nodes: new Map([["hero", nodeRun({ outputs: {} })]]) });
    expect(look(editor.getState()).idle).toBe(true);
  });

  it("says the passes of a loop", () => {
    expect(selectWireLook("next-hero", registry)(editorOf(document).getState()).passes).toBe(5);
  });

  it("keeps its very object while somebody types elsewhere", () => {
    const editor = editorOf(document);
    const look = selectWireLook("hero-next", registry);
    const before = look(editor.getState());
    change(editor, "Type", (one) => setSetting(one, "words", "text", "A red kayak"));
    expect(look(editor.getState())).toBe(before);
    change(editor, "Type", (one) => setSetting(one, "hero", "quality", "high"));
    expect(look(editor.getState())).toBe(before);
  });
});
