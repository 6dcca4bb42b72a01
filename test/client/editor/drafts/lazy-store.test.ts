import { describe, expect, it } from "vitest";
import { createLazyStore } from "#lib/client/editor/drafts/lazy-store.ts";
import { createMemoryStore } from "#lib/client/editor/drafts/memory-store.ts";
import { aGraph } from "./ports.ts";
import { STORE_RULES } from "./store-rules.ts";

const lazily = (kept: boolean) => {
  const inner = createMemoryStore();
  let opened = 0;
  const lazy = createLazyStore(Promise.resolve(kept), async () => {
    opened += 1;
    return inner;
  });
  return { ...lazy, inner, opened: () => opened };
};
const draft = { id: "g", tab: "t", document: aGraph({}), dirty: true, at: 1 };

describe("a store that opens when it is needed", () => {
  it.each(STORE_RULES)("$name", ({ check }) => check(lazily(true).store));

  it("finds nothing without being opened where nothing was ever kept", async () => {
    const { store, opened } = lazily(false);
    expect([await store.drafts("g"), await store.copies("g"), await store.view("g")]).toEqual([[], [], undefined]);
    await store.writeView("g", { x: 0, y: 0, zoom: 1 });
    expect(opened()).toBe(0);
  });

  it("is opened once by the first draft, and reads from then on", async () => {
    const { store, opened } = lazily(false);
    await Promise.all([store.write(draft), store.setAside({ id: "g", document: aGraph({}), why: "w", at: 1 })]);
    expect(await store.drafts("g")).toHaveLength(1);
    expect(opened()).toBe(1);
  });

  it("once open, asks for a write within the call: a page that is left has no later", async () => {
    const { store, inner, warm } = lazily(false);
    warm();
    await store.drafts("g");
    void store.write(draft);
    expect(await inner.drafts("g")).toHaveLength(1);
  });
});
