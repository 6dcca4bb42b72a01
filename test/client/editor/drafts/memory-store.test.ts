import { describe, expect, it } from "vitest";
import { createMemoryStore } from "#lib/client/editor/drafts/memory-store.ts";
import { aGraph } from "./ports.ts";
import { STORE_RULES } from "./store-rules.ts";

describe("the store of drafts in memory", () => {
  it.each(STORE_RULES)("$name", ({ check }) => check(createMemoryStore()));

  it("that stands in for a missing one says so on every draft, and still keeps what is set aside", async () => {
    const store = createMemoryStore("missing");
    const draft = { id: "g", tab: "t", document: aGraph({}), dirty: true, at: 1 };
    await expect(store.write(draft)).rejects.toThrow("keeps no drafts");
    await store.setAside({ id: "g", document: aGraph({}), why: "because", at: 1 });
    expect(await store.copies("g")).toHaveLength(1);
  });
});
