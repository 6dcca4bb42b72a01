import { describe, expect, it } from "vitest";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import type { NodeTake } from "#lib/client/editor/node-run.ts";
import { recipesOf } from "#lib/client/editor/running/current-take.ts";
import { mergeTakes } from "#lib/client/editor/running/merge-takes.ts";
import { starred, toggleStar } from "#lib/client/editor/running/stars.ts";
import { newTake, starTake, stepTake, takeNow, unpin, useTake } from "#lib/client/editor/running/takes.ts";
import { change, type Editor, setRun, undo } from "#lib/client/editor/store.ts";
import { aGraph, anEditor, aTake } from "./a-run.ts";

const hero = (editor: Editor) => nodesById(editor.getState().document).get("hero");
const recipe = () => recipesOf(aGraph()).get("hero") ?? "";
/** Three takes of hero by one recipe, and before them one of other days. */
const tries = (): NodeTake[] => [
  aTake({ key: "k3", runId: "r3", take: 3, at: 3, recipes: [recipe()] }),
  aTake({ key: "k2", runId: "r2", take: 2, at: 2, recipes: [recipe()] }),
  aTake({ key: "k1", runId: "r1", take: 1, at: 1, recipes: [recipe()] }),
  aTake({ key: "k0", runId: "r0", take: 1, at: 0, recipes: ["other days"] }),
];
const ready = (change: Record<string, object> = { hero: { take: 3 } }) => {
  const editor = anEditor(aGraph(change));
  setRun(editor, { takes: new Map([["hero", tries()]]) });
  return editor;
};
const nth = (n: number) => tries()[n] as NodeTake;

describe("going back to a take", () => {
  it("sets the take number where the node is still what it was, as one step that can be undone", () => {
    const editor = ready();
    expect(useTake(editor, "hero", nth(2))).toBe(true);
    expect(hero(editor)).toMatchObject({ take: 1 });
    expect(hero(editor)?.pin).toBeUndefined();
    expect(editor.getState().history.past.at(-1)?.label).toBe("Take 1");
    expect(editor.getState().view.said.text).toMatch(/^Take 1 of /);
    undo(editor);
    expect(hero(editor)?.take).toBe(3);
  });

  it("pins the very result where the node was another then, and lets go of the pin on the way back", () => {
    const editor = ready();
    useTake(editor, "hero", nth(3));
    expect(hero(editor)).toMatchObject({ take: 3, pin: "k0" });
    expect(takeNow(editor, "hero")?.key).toBe("k0");
    useTake(editor, "hero", nth(1));
    expect(hero(editor)).toMatchObject({ take: 2 });
    expect(hero(editor)?.pin).toBeUndefined();
  });

  it("pins also when something before the node has changed", () => {
    const editor = ready();
    change(editor, "Text", (graph) => setSetting(graph, "words", "text", "a boat"));
    useTake(editor, "hero", nth(1));
    expect(hero(editor)?.pin).toBe("k2");
  });

  it("says so when a result cannot be brought back by itself", () => {
    const editor = ready();
    const before = editor.getState().document;
    expect(useTake(editor, "hero", aTake({ items: 4, recipes: ["other"] }))).toBe(false);
    expect(useTake(editor, "hero", aTake({ key: undefined, recipes: ["other"] }))).toBe(false);
    expect(editor.getState().document).toBe(before);
    expect(editor.getState().view.said.text).toContain("cannot be brought back");
  });

  it("steps through what there was and stops at the ends", () => {
    const editor = ready();
    expect(stepTake(editor, "hero", 1)).toBe(false);
    for (const key of ["k2", "k1", "k0"]) {
      expect(stepTake(editor, "hero", -1)).toBe(true);
      expect(takeNow(editor, "hero")?.key).toBe(key);
    }
    expect(stepTake(editor, "hero", -1)).toBe(false);
    stepTake(editor, "hero", 1);
    expect(takeNow(editor, "hero")?.key).toBe("k1");
  });

  it("steps to the newest result from a node that stands at none", () => {
    const editor = ready({ hero: { take: 9 } });
    expect(stepTake(editor, "hero", 1)).toBe(false);
    stepTake(editor, "hero", -1);
    expect(hero(editor)?.take).toBe(3);
  });
});

describe("a new take", () => {
  it("is a number no result has yet, also from an earlier take or a pin", () => {
    for (const at of [{ take: 3 }, { take: 1 }, { take: 1, pin: "k0" }]) {
      const editor = ready({ hero: at });
      newTake(editor, "hero");
      expect(hero(editor)?.take).toBe(4);
      expect(hero(editor)?.pin).toBeUndefined();
    }
  });

  it("can be let run again by taking a pin out", () => {
    const editor = ready({ hero: { pin: "k0" } });
    expect(unpin(editor, "hero")).toBe(true);
    expect(hero(editor)?.pin).toBeUndefined();
    expect(unpin(editor, "hero")).toBe(false);
  });
});

describe("stars", () => {
  it("go on the result a node stands at and off again, in the document", () => {
    const editor = ready();
    starTake(editor, "hero");
    expect(editor.getState().document.meta).toEqual({ stars: { hero: ["k3"] } });
    starTake(editor, "hero");
    expect(editor.getState().document.meta).toBeUndefined();
    expect(starTake(editor, "dusk")).toBe(false);
  });

  it("GR-013 mean nothing but themselves, whatever a node is called and whatever stands there", () => {
    for (const id of ["__proto__", "constructor", "hasOwnProperty"]) {
      expect(starred(aGraph(), id)).toEqual([]);
      const graph = toggleStar({ ...aGraph(), meta: { other: 1 } }, id, "k");
      expect(starred(graph, id)).toEqual(["k"]);
      expect(({} as Record<string, unknown>).k).toBeUndefined();
      expect(JSON.parse(JSON.stringify(graph)).meta.other).toBe(1);
    }
    for (const stars of [null, 7, "k", [], { hero: "k" }, { hero: [1, null] }])
      expect(starred({ ...aGraph(), meta: { stars } }, "hero")).toEqual([]);
  });
});

describe("past results of several pages and runs", () => {
  const told = (more: Parameters<typeof aTake>[0] = {}) => ({
    nodeId: "hero",
    ...aTake(more),
    items: 1,
    recipes: ["a"],
  });

  it("are one list, newest first, told as the run that made them", () => {
    const first = mergeTakes(new Map(), [told({ runId: "r9", at: 9, cached: true }), told({ key: "k2", at: 5 })]);
    const both = mergeTakes(first, [{ ...told({ runId: "r1", at: 1 }), recipes: ["b"] }]);
    expect(both.get("hero")?.map(({ runId, key, at }) => [runId, key, at])).toEqual([
      ["r", "k2", 5],
      ["r1", "k1", 1],
    ]);
    expect(both.get("hero")?.[1]?.recipes).toEqual(["a", "b"]);
  });

  it("leave everything as it is when there is nothing new", () => {
    const first = mergeTakes(new Map(), [told(), { ...told(), nodeId: "dusk" }]);
    expect(mergeTakes(first, structuredClone([told(), told({ runId: "r7", at: 7, cached: true })]))).toBe(first);
    const more = mergeTakes(first, [told({ key: "k5" })]);
    expect(more.get("dusk")).toBe(first.get("dusk"));
  });
});
