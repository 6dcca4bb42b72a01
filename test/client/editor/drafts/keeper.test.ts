import { describe, expect, it } from "vitest";
import { createKeeper, type Keeper } from "#lib/client/editor/drafts/keeper.ts";
import { createMemoryStore } from "#lib/client/editor/drafts/memory-store.ts";
import { openGraph } from "#lib/client/editor/drafts/open-graph.ts";
import { resolveConflict } from "#lib/client/editor/drafts/resolve-conflict.ts";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { change, createEditor, type Editor, undo } from "#lib/client/editor/store.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { aGraph, createTestBrowser, createTestPorts, settle } from "./ports.ts";

const registry = createRegistry([]);
type Ports = ReturnType<typeof createTestPorts>;

/** A tab that opens the graph as the page does. */
async function openTab(ports: Ports): Promise<{ editor: Editor; keeper: Keeper; stop(): void }> {
  const { graph, save } = await openGraph("g", ports);
  const editor = createEditor(graph, { registry }, save);
  const keeper = createKeeper(editor, ports);
  return { editor, keeper, stop: keeper.start() };
}

/** A tab that opens what the server has. */
async function onServer(texts: Record<string, string> = { a: "one" }) {
  const ports = createTestPorts();
  await ports.server.save("g", aGraph(texts), undefined);
  ports.server.asked.length = 0;
  return { ports, ...(await openTab(ports)) };
}

const type = (editor: Editor, text: string, node = "a") =>
  change(editor, "Type", (graph) => setSetting(graph, node, "text", text), { merge: `${node}.text` });
const textOf = (graph: { nodes: { id: string; config: Record<string, unknown> }[] } | undefined, node = "a") =>
  graph?.nodes.find(({ id }) => id === node)?.config.text;
const saveOf = (editor: Editor) => editor.getState().save;

describe("a change", () => {
  it("is in the browser 150 ms later and on the server after 1.2 s of quiet", async () => {
    const { ports, editor } = await onServer();
    type(editor, "two");
    expect(saveOf(editor).state).toBe("local");
    await ports.clock.pass(150);
    expect((await ports.store.drafts("g"))[0]).toMatchObject({
      tab: "tab-1",
      dirty: true,
      base: { revision: 1, etag: "e1" },
    });
    expect(textOf((await ports.store.drafts("g"))[0]?.document)).toBe("two");
    expect(ports.server.asked).toHaveLength(0);
    await ports.clock.pass(1_050);
    expect(ports.server.asked).toMatchObject([{ etag: "e1" }]);
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 2, etag: "e2" });
    await ports.clock.pass(150);
    expect((await ports.store.drafts("g"))[0]).toMatchObject({ dirty: false, base: { etag: "e2" } });
  });

  it("that follows another and another is saved after ten seconds, quiet or not", async () => {
    const { ports, editor } = await onServer();
    for (let n = 0; n < 11; n += 1) {
      type(editor, `typed ${n}`);
      await ports.clock.pass(1_000);
    }
    expect(ports.server.asked).toHaveLength(1);
  });

  it("is written at once when the page hides, and saved", async () => {
    const { ports, editor } = await onServer();
    type(editor, "two");
    ports.signals.hide();
    await settle();
    expect(textOf((await ports.store.drafts("g"))[0]?.document)).toBe("two");
    expect(ports.server.asked).toHaveLength(1);
  });

  it("that is taken back again is not saved", async () => {
    const { ports, editor } = await onServer();
    type(editor, "two");
    undo(editor);
    expect(saveOf(editor).state).toBe("saved");
    await ports.clock.pass(20_000);
    expect(ports.server.asked).toHaveLength(0);
  });

  it("that spells the same document anew is not saved", async () => {
    const { ports, editor } = await onServer();
    change(editor, "Nothing", (graph) => structuredClone(graph));
    await ports.clock.pass(20_000);
    expect(ports.server.asked).toHaveLength(0);
    expect(saveOf(editor).state).toBe("saved");
  });

  it("made while a save is on its way is saved after it", async () => {
    const { ports, editor } = await onServer();
    const open = ports.server.hold();
    type(editor, "two");
    await ports.clock.pass(1_200);
    type(editor, "three");
    open();
    await ports.clock.pass(5_000);
    expect(ports.server.asked.map(({ graph, etag }) => [textOf(graph), etag])).toEqual([
      ["two", "e1"],
      ["three", "e2"],
    ]);
    expect(saveOf(editor)).toMatchObject({ state: "saved", etag: "e3" });
  });

  it("taken back while its save is on its way is taken back on the server too", async () => {
    const { ports, editor } = await onServer();
    const open = ports.server.hold();
    type(editor, "two");
    await ports.clock.pass(1_200);
    undo(editor);
    open();
    await ports.clock.pass(5_000);
    expect(textOf(ports.server.newest()?.graph)).toBe("one");
    expect(saveOf(editor).state).toBe("saved");
  });

  it("touches nothing of the state but the document's safety while it is saved", async () => {
    const { ports, editor } = await onServer();
    type(editor, "two");
    const { save: _, ...before } = editor.getState();
    await ports.clock.pass(2_000);
    const { save: after, ...rest } = editor.getState();
    expect(after.state).toBe("saved");
    for (const [key, value] of Object.entries(before)) expect(rest[key as keyof typeof rest]).toBe(value);
  });
});

describe("opening", () => {
  it("makes no revision and no save, neither of a known graph nor of a new one", async () => {
    const { ports } = await onServer();
    await ports.clock.pass(60_000);
    expect(ports.server.asked).toHaveLength(0);
    const fresh = createTestPorts();
    const { editor } = await openTab(fresh);
    fresh.signals.hide();
    await fresh.clock.pass(60_000);
    expect(fresh.server.asked).toHaveLength(0);
    expect(await fresh.store.drafts("g")).toEqual([]);
    expect(saveOf(editor)).toMatchObject({ state: "saved" });
  });

  it("a new graph is saved from its first change on", async () => {
    const ports = createTestPorts();
    const { editor } = await openTab(ports);
    change(editor, "Rename", (graph) => ({ ...graph, name: "New" }));
    await ports.clock.pass(1_200);
    expect(ports.server.newest()?.graph.name).toBe("New");
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 1 });
  });

  it("after a crash loses nothing older than a moment, and saves it", async () => {
    const { ports, editor } = await onServer();
    ports.server.trouble = "down";
    type(editor, "typed before the crash");
    await ports.clock.pass(200);
    // The tab is gone without a word: nothing of it runs on.
    const next = createTestPorts("tab-2", { server: ports.server, store: ports.store });
    ports.server.trouble = undefined;
    const again = await openTab(next);
    expect(textOf(again.editor.getState().document)).toBe("typed before the crash");
    await next.clock.pass(2_000);
    expect(textOf(ports.server.newest()?.graph)).toBe("typed before the crash");
  });

  it("while the server is down shows what was kept, and goes on by itself", async () => {
    const { ports, editor, stop } = await onServer();
    ports.server.trouble = "down";
    type(editor, "two");
    await ports.clock.pass(200);
    stop();
    const next = createTestPorts("tab-2", { server: ports.server, store: ports.store });
    const again = await openTab(next);
    expect(saveOf(again.editor).state).toBe("offline");
    expect(textOf(again.editor.getState().document)).toBe("two");
    ports.server.trouble = undefined;
    await next.clock.pass(2_000);
    expect(saveOf(again.editor)).toMatchObject({ state: "saved", revision: 2 });
  });
});

describe("a server that does not answer", () => {
  it("CO-004 leaves the edits in the browser, is asked again with growing pauses, and gets them in the end", async () => {
    const { ports, editor } = await onServer();
    ports.server.trouble = "down";
    type(editor, "two");
    await ports.clock.pass(1_200);
    expect(saveOf(editor)).toMatchObject({ state: "offline", message: expect.stringContaining("cannot be reached") });
    expect((await ports.store.drafts("g"))[0]).toMatchObject({ dirty: true });
    const tries: number[] = [];
    for (let n = 0; n < 130; n += 1) {
      const before = ports.server.asked.length;
      await ports.clock.pass(1_000);
      if (ports.server.asked.length > before) tries.push(n + 1);
    }
    expect(tries).toEqual([1, 3, 7, 15, 31, 61, 91, 121]);
    ports.server.trouble = undefined;
    ports.signals.comeBack();
    await ports.clock.pass(0);
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 2 });
    expect(saveOf(editor).message).toBeUndefined();
  });

  it("CO-010 flapping every five seconds while people type: every change arrives once, in order, without a conflict", async () => {
    const { ports, editor } = await onServer();
    for (let n = 0; n < 12; n += 1) {
      ports.server.trouble = (["down", undefined, "lost"] as const)[n % 3];
      type(editor, `typed ${n}`);
      await ports.clock.pass(5_000);
    }
    ports.server.trouble = undefined;
    ports.signals.comeBack();
    await ports.clock.pass(5_000);
    expect(saveOf(editor).state).toBe("saved");
    const texts = (ports.server.revisionsOf.get("g") ?? []).map(({ graph }) => textOf(graph));
    expect(texts.at(-1)).toBe("typed 11");
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("an answer that was lost is no conflict: the same document is sent again and known again", async () => {
    const { ports, editor } = await onServer();
    ports.server.trouble = "lost";
    type(editor, "two");
    await ports.clock.pass(1_200);
    expect(saveOf(editor).state).toBe("offline");
    type(editor, "three");
    ports.server.trouble = undefined;
    await ports.clock.pass(5_000);
    expect(saveOf(editor)).toMatchObject({ state: "saved", revision: 3 });
    expect(textOf(ports.server.newest()?.graph)).toBe("three");
  });

  it("an answer that was lost with the tab is no conflict either", async () => {
    const { ports, editor } = await onServer();
    ports.server.trouble = "lost";
    type(editor, "two");
    await ports.clock.pass(1_250);
    type(editor, "three");
    await ports.clock.pass(200);
    ports.server.trouble = undefined;
    const next = createTestPorts("tab-2", { server: ports.server, store: ports.store });
    const again = await openTab(next);
    await next.clock.pass(5_000);
    expect(saveOf(again.editor)).toMatchObject({ state: "saved", revision: 3 });
    expect(textOf(ports.server.newest()?.graph)).toBe("three");
  });

  it("that refuses the document says why, and is not asked the same again", async () => {
    const { ports, editor } = await onServer();
    ports.server.trouble = { refuse: "A key was typed into this graph." };
    type(editor, "two");
    await ports.clock.pass(60_000);
    expect(ports.server.asked).toHaveLength(1);
    expect(saveOf(editor)).toMatchObject({ state: "local", message: "A key was typed into this graph." });
    expect((await ports.store.drafts("g"))[0]).toMatchObject({ dirty: true });
    ports.server.trouble = undefined;
    type(editor, "three");
    await ports.clock.pass(2_000);
    expect(saveOf(editor)).toMatchObject({ state: "saved", message: undefined });
  });
});

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
