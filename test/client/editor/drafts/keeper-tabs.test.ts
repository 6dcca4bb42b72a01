import { describe, expect, it } from "vitest";
import { createMemoryStore } from "#lib/client/editor/drafts/memory-store.ts";
import { resolveConflict } from "#lib/client/editor/drafts/resolve-conflict.ts";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { undo } from "#lib/client/editor/store.ts";
import { onServer, openTab, saveOf, textOf, type } from "./kept-tab.ts";
import { aGraph, createTestBrowser, createTestPorts, settle } from "./ports.ts";

describe("two tabs", () => {
  async function two() {
    const browser = createTestBrowser();
    const ports = createTestPorts("one", { tabs: browser.tabs() });
    await ports.server.save("g", aGraph({ a: "one", b: "one" }), undefined);
    const first = await openTab(ports);
    const others = createTestPorts("two", { tabs: browser.tabs(), server: ports.server, store: ports.store });
    const second = await openTab(others);
    const pass = async (ms: number) => {
      for (let n = 0; n < ms; n += 50) await Promise.all([ports.clock.pass(50), others.clock.pass(50)]);
    };
    return { first, second, ports, others, pass };
  }

  it("CO-002 the one without unsaved edits takes the other's save as a step it can undo", async () => {
    const { first, second, pass } = await two();
    const untouched = second.editor.getState().document.nodes[1];
    type(first.editor, "from the first");
    await pass(2_000);
    expect(textOf(second.editor.getState().document)).toBe("from the first");
    expect(second.editor.getState().document.nodes[1]).toBe(untouched);
    expect(saveOf(second.editor)).toMatchObject({ state: "saved", revision: 2 });
    undo(second.editor);
    await pass(2_000);
    expect(textOf(first.editor.getState().document)).toBe("one");
    expect(saveOf(first.editor)).toMatchObject({ state: "saved", revision: 3 });
  });

  it("CO-002 with unsaved edits on both sides nothing is overwritten: both versions are there to choose from", async () => {
    const { first, second, ports, pass } = await two();
    type(first.editor, "from the first");
    type(second.editor, "from the second");
    await pass(3_000);
    const states = [first, second].map(({ editor }) => saveOf(editor).state).sort();
    expect(states).toEqual(["conflict", "saved"]);
    expect(ports.server.newest()?.revision).toBe(2);
    const loser = saveOf(first.editor).state === "conflict" ? first : second;
    const conflict = saveOf(loser.editor).conflict;
    expect(textOf(conflict?.theirs.graph)).not.toBe(textOf(loser.editor.getState().document));
    expect(textOf(conflict?.base)).toBe("one");
    type(loser.editor, "and on");
    await pass(20_000);
    expect(ports.server.newest()?.revision).toBe(2);
    const draft = (await ports.store.drafts("g")).find(({ dirty }) => dirty);
    expect(textOf(draft?.document)).toBe("and on");
  });

  it("each keeps a draft of its own, and neither opens the other's while that is open", async () => {
    const { first, ports, others, pass } = await two();
    ports.server.trouble = "down";
    type(first.editor, "unsaved in the first");
    await pass(200);
    ports.server.trouble = undefined;
    const third = await openTab(
      createTestPorts("three", { tabs: others.tabs, server: ports.server, store: ports.store }),
    );
    expect(textOf(third.editor.getState().document)).toBe("one");
    expect((await ports.store.drafts("g")).find(({ tab }) => tab === "one")).toMatchObject({ dirty: true });
  });
});

describe("a conflict ends", () => {
  async function conflict(mine: [node: string, text: string], theirs: [node: string, text: string]) {
    const opened = await onServer({ a: "one", b: "one" });
    const { ports, editor } = opened;
    const other = setSetting(ports.server.newest()?.graph ?? aGraph({}), theirs[0], "text", theirs[1]);
    await ports.server.save("g", other, "e1");
    type(editor, mine[1], mine[0]);
    await ports.clock.pass(1_200);
    expect(saveOf(editor).state).toBe("conflict");
    return {
      ...opened,
      choose: (choice: Parameters<typeof resolveConflict>[2]) => resolveConflict(editor, opened.keeper, choice),
    };
  }

  it("with mine: a new revision over theirs, which stays among the saves", async () => {
    const { ports, editor, choose } = await conflict(["a", "mine"], ["a", "theirs"]);
    await choose("mine");
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 3, conflict: undefined });
    expect((ports.server.revisionsOf.get("g") ?? []).map(({ graph }) => textOf(graph))).toEqual([
      "one",
      "theirs",
      "mine",
    ]);
  });

  it("with theirs: mine is set aside, and undo brings it back", async () => {
    const { ports, editor, choose } = await conflict(["a", "mine"], ["a", "theirs"]);
    await choose("theirs");
    expect(textOf(editor.getState().document)).toBe("theirs");
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 2 });
    expect((await ports.store.copies("g")).map(({ document }) => textOf(document))).toEqual(["mine"]);
    undo(editor);
    await ports.clock.pass(2_000);
    expect(textOf(ports.server.newest()?.graph)).toBe("mine");
  });

  it("with a copy: mine lives on under a new id, and that is where the person goes", async () => {
    const { ports, editor, choose } = await conflict(["a", "mine"], ["a", "theirs"]);
    const went: string[] = [];
    editor.around.navigate = (path) => void went.push(path);
    await choose("copy");
    expect(went).toEqual(["/graphs/g-copy"]);
    expect(textOf(ports.server.newest("g-copy")?.graph)).toBe("mine");
    expect(ports.server.newest("g-copy")?.graph.name).toBe("Hero (copy)");
    expect(textOf(editor.getState().document)).toBe("theirs");
  });

  it("with both where they touched different nodes, and not where they touched the same", async () => {
    const { ports, editor, choose } = await conflict(["a", "mine"], ["b", "theirs"]);
    await choose("both");
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 3 });
    const newest = ports.server.newest()?.graph;
    expect([textOf(newest, "a"), textOf(newest, "b")]).toEqual(["mine", "theirs"]);
    const same = await conflict(["a", "mine"], ["a", "theirs"]);
    await expect(same.choose("both")).rejects.toThrow("cannot be merged");
    expect(saveOf(same.editor).state).toBe("conflict");
  });

  it("not at all when a copy cannot be saved: nothing has changed then", async () => {
    const { ports, editor, choose } = await conflict(["a", "mine"], ["a", "theirs"]);
    ports.server.trouble = "down";
    await expect(choose("copy")).rejects.toThrow();
    expect(saveOf(editor).state).toBe("conflict");
    expect(textOf(editor.getState().document)).toBe("mine");
  });

  it("with the newest of theirs, when they saved again meanwhile", async () => {
    const { ports, editor, choose } = await conflict(["a", "mine"], ["a", "theirs"]);
    await ports.server.save("g", aGraph({ a: "theirs again" }), "e2");
    ports.signals.comeBack();
    await settle();
    expect(textOf(saveOf(editor).conflict?.theirs.graph)).toBe("theirs again");
    await choose("mine");
    expect(ports.server.newest()).toMatchObject({ revision: 4 });
  });
});

describe("a browser that keeps no drafts", () => {
  it.each(["missing", "full", "newer"] as const)("(%s) is worked in all the same, and says so", async (why) => {
    const ports = createTestPorts("tab-1", { store: createMemoryStore(why) });
    await ports.server.save("g", aGraph({ a: "one" }), undefined);
    const { editor } = await openTab(ports);
    expect(saveOf(editor).unkept).toMatch(/drafts/);
    type(editor, "two");
    await ports.clock.pass(2_000);
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 2, unkept: expect.any(String) });
  });

  it("and keeps them again later, says no more about it", async () => {
    const { ports, editor } = await onServer();
    const { write } = ports.store;
    ports.store.write = () => Promise.reject(new Error("the disk is full"));
    type(editor, "two");
    await ports.clock.pass(150);
    expect(saveOf(editor).unkept).toMatch(/could not write/);
    ports.store.write = write;
    type(editor, "three");
    await ports.clock.pass(150);
    expect(saveOf(editor).unkept).toBeUndefined();
  });
});

it("a graph deleted elsewhere stays on the canvas, and comes back only when somebody wants it", async () => {
  const { ports, editor, keeper } = await onServer();
  ports.server.revisionsOf.delete("g");
  ports.signals.comeBack();
  await settle();
  expect(saveOf(editor)).toMatchObject({ state: "local", message: expect.stringContaining("deleted") });
  ports.signals.comeBack();
  await ports.clock.pass(60_000);
  expect(ports.server.newest()).toBeUndefined();
  await keeper.save();
  expect(textOf(ports.server.newest()?.graph)).toBe("one");
  expect(saveOf(editor)).toMatchObject({ state: "saved" });
});
