import { describe, expect, it } from "vitest";
import { change, undo } from "#lib/client/editor/store.ts";
import { onServer, openTab, saveOf, textOf, type } from "./kept-tab.ts";
import { createTestPorts, settle } from "./ports.ts";

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
