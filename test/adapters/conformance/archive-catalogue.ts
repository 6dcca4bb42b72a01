import { describe, expect, it } from "vitest";
import { FACETS } from "#lib/protocol/catalogue.ts";
import type { ArchiveRow, EntryFilter, EntryPage } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aGraph, anEntry, aResult, asset, held } from "./rows.ts";

/** What the archive is found by, counted by and changed by. */
export const catalogueRules = (journal: Subject) => {
  let runs = 0;
  const fill = async (...entries: ArchiveRow[]) => {
    runs += 1;
    const epoch = await held(journal(), `filling-${runs}`);
    await journal().write(`filling-${runs}`, epoch, { entries });
  };
  const ids = async (filter: EntryFilter, page: Partial<EntryPage> = {}) =>
    (await journal().archive.search(filter, { limit: 50, ...page })).cards.map(({ id }) => id);
  const found = async (text: string) => (await ids({ text })).toSorted();
  const said = (prompt: string, more: Record<string, unknown> = {}) => ({ made: { prompt }, ...more });

  describe("finding entries", () => {
    it("lists the newest first, page by page, and keeps its place when entries come and go between two pages", async () => {
      await fill(...["a", "b", "c", "d"].map((id, n) => anEntry(id, { createdAt: n })));
      const first = await journal().archive.search({}, { limit: 2 });
      expect(first.cards.map(({ id }) => id)).toEqual(["d", "c"]);
      await fill(anEntry("e", { createdAt: 9 }));
      await journal().archive.change(["c"], { deleted: true }, 1);
      const second = await journal().archive.search({}, { limit: 2, cursor: first.next });
      expect(second.cards.map(({ id }) => id)).toEqual(["b", "a"]);
      expect(second.next).toBeUndefined();
      expect(await ids({}, { cursor: "b" })).toEqual(["a"]);
      expect(await ids({}, { cursor: "nobody" })).toEqual([]);
      expect(await ids({}, { cursor: "n.zz" })).toEqual([]);
    });

    it("RS-004 finds every word of prompts, titles, tags, inputs and names, accents folded, the last word perhaps begun", async () => {
      await fill(
        anEntry("a", {
          title: "Ökologischer Schuh",
          tags: ["Été"],
          record: said("on 100% sand", { run: { inputs: { product: "Trail sneaker", deep: [{ note: "Zürich" }] } } }),
        }),
        anEntry("b", { name: "boots/straße", collection: "summer_2026", alt: "A boot in snow", record: {} }),
        anEntry("c", { record: { made: { prompt: "plain", revisedPrompt: "A lighthouse 東京タワー" } } }),
      );
      expect(await found("okologischer SAND")).toEqual(["a"]);
      expect(await found("ete")).toEqual(["a"]);
      expect(await found("zurich trail")).toEqual(["a"]);
      expect(await found("sneak")).toEqual(["a"]);
      expect(await found("sneak ")).toEqual([]);
      expect(await found("strasse boots")).toEqual(["b"]);
      expect(await found("summer 2026 snow")).toEqual(["b"]);
      expect(await found("lighth")).toEqual(["c"]);
      expect(await found("京タ")).toEqual(["c"]);
      expect(await found("京ワ")).toEqual([]);
      expect(await found("100%")).toEqual(["a"]);
      expect(await found("sand boot")).toEqual([]);
      expect(await found("   ")).toEqual(["a", "b", "c"]);
    });

    it("takes words in quotes together, in their order", async () => {
      await fill(anEntry("a", { title: "red shoe on sand" }), anEntry("b", { title: "shoe, red" }));
      expect(await found('"red shoe"')).toEqual(["a"]);
      expect(await found('"shoe red"')).toEqual(["b"]);
      expect(await found("red shoe")).toEqual(["a", "b"]);
      expect(await found('sand "red shoe"')).toEqual(["a"]);
      expect(await found('"red sh')).toEqual(["a"]);
    });

    it("RS-005 takes whatever is typed as words: no syntax of a query language works, and none fails", async () => {
      await fill(anEntry("a", { title: "near AND far" }));
      for (const text of [
        '"',
        '""',
        "((((",
        "a OR",
        "title:near",
        "near*",
        "-near",
        "^near",
        "NEAR(a b",
        "'; drop table",
        "\\",
        "{a b}:c",
        "%",
        "_",
        "\u0000",
        "🙂",
        `${"(a* OR ".repeat(1500)}`,
      ])
        await expect(ids({ text })).resolves.toBeDefined();
      expect(await found("and")).toEqual(["a"]);
      expect(await found("near OR nothing")).toEqual([]);
      expect(await found("%")).toEqual([]);
      expect(await found('"')).toEqual(["a"]);
    });

    it("puts what is called so before what was only said so, page by page without repeating", async () => {
      await fill(
        anEntry("said", { createdAt: 9, record: said("a lighthouse and a boat and many other things in the fog") }),
        anEntry("called", { createdAt: 1, title: "Lighthouse" }),
        anEntry("tagged", { createdAt: 2, tags: ["lighthouse"] }),
      );
      const first = await journal().archive.search({ text: "lighthouse" }, { limit: 2, order: "best" });
      await fill(anEntry("late", { createdAt: 10, title: "lighthouse lighthouse" }));
      const rest = await journal().archive.search(
        { text: "lighthouse" },
        { limit: 2, order: "best", cursor: first.next },
      );
      const all = [...first.cards, ...rest.cards].map(({ id }) => id);
      expect(all.toSorted()).toEqual(["called", "said", "tagged"]);
      expect(await ids({ text: "" }, { order: "best" })).toEqual(["late", "said", "tagged", "called"]);
    });

    it("heeds every part of a filter, and finds those that have none", async () => {
      const record = { graph: { id: "g", name: "G" }, made: { imageModel: "gpt-image-2" }, simulated: true };
      await fill(
        anEntry("a", {
          createdAt: Date.UTC(2026, 10, 3),
          collection: "Spring",
          tags: ["x", "y"],
          asset: asset("b"),
          record,
        }),
        anEntry("b", {
          createdAt: Date.UTC(2026, 9, 3),
          tags: ["x"],
          runId: "run-2",
          record: {
            verdicts: [{ decision: "iterate" }, { decision: "pass", score: 0.9 }],
            template: { id: "t" },
            batch: { id: "k" },
          },
        }),
      );
      await journal().archive.change(["b"], { starred: true }, 1);
      expect(await ids({ graph: "g" })).toEqual(["a"]);
      expect(await ids({ model: "gpt-image-2" })).toEqual(["a"]);
      expect(await ids({ collection: "Spring" })).toEqual(["a"]);
      expect(await ids({ collection: "" })).toEqual(["b"]);
      expect(await ids({ tags: ["x"] })).toEqual(["a", "b"]);
      expect(await ids({ tags: ["x", "y"] })).toEqual(["a"]);
      expect(await ids({ month: "2026-10" })).toEqual(["b"]);
      expect(await ids({ from: Date.UTC(2026, 10, 1) })).toEqual(["a"]);
      expect(await ids({ to: Date.UTC(2026, 10, 1) })).toEqual(["b"]);
      expect(await ids({ simulated: true })).toEqual(["a"]);
      expect(await ids({ starred: true })).toEqual(["b"]);
      expect(await ids({ verdict: "pass" })).toEqual(["b"]);
      expect(await ids({ verdict: "none" })).toEqual(["a"]);
      expect(await ids({ template: "t", batch: "k", runId: "run-2" })).toEqual(["b"]);
      expect(await ids({ asset: asset("b") })).toEqual(["a"]);
      expect(await ids({ graph: "x' or 1=1 --" })).toEqual([]);
      expect(await journal().archive.card("b")).toMatchObject({ verdict: "pass", score: 0.9, starred: true });
    });
  });

  describe("counting entries", () => {
    const record = (id: string, more = {}) => ({ graph: { id, name: id.toUpperCase() }, ...more });
    const three = () =>
      fill(
        anEntry("a", { collection: "S", tags: ["x", "y"], record: record("g", { simulated: true }), title: "red" }),
        anEntry("b", { tags: ["x"], record: record("g"), title: "red" }),
        anEntry("c", { createdAt: 5, record: record("h"), title: "blue" }),
      );
    const counts = async (filter: EntryFilter) => {
      const { total, facets } = await journal().archive.facets(filter, 10);
      const plain = Object.fromEntries(
        FACETS.map((name) => [name, Object.fromEntries(facets[name].map(({ value, count }) => [value, count]))]),
      );
      return { total, ...plain };
    };

    it("counts what there is of every facet, by name where there is one", async () => {
      await three();
      expect(await counts({})).toMatchObject({
        total: 3,
        graph: { g: 2, h: 1 },
        tag: { x: 2, y: 1 },
        collection: { S: 1, "": 2 },
        simulated: { true: 1, false: 2 },
        starred: { false: 3 },
        verdict: { none: 3 },
        month: { "1970-01": 3 },
      });
      const { facets } = await journal().archive.facets({}, 1);
      expect(facets.graph).toEqual([{ value: "g", title: "G", count: 2 }]);
    });

    it("heeds the other facets and the text, never its own", async () => {
      await three();
      expect(await counts({ graph: "g" })).toMatchObject({ total: 2, graph: { g: 2, h: 1 }, tag: { x: 2, y: 1 } });
      expect(await counts({ text: "red" })).toMatchObject({ total: 2, graph: { g: 2 }, tag: { x: 2, y: 1 } });
      expect(await counts({ text: "red", graph: "h" })).toMatchObject({ total: 0, graph: { g: 2 }, tag: {} });
      expect(await counts({ tags: ["y"] })).toMatchObject({ total: 1, graph: { g: 1 }, collection: { S: 1 } });
    });

    it("does not count the bin, but for whoever looks into it", async () => {
      await three();
      await journal().archive.change(["a"], { deleted: true }, 77);
      expect(await counts({})).toMatchObject({ total: 2, tag: { x: 1 }, graph: { g: 1, h: 1 } });
      expect(await counts({ deleted: true })).toMatchObject({ total: 1, tag: { x: 1, y: 1 } });
    });
  });

  describe("changing entries", () => {
    it("changes what people say of them, leaves the record alone, and finds them by the new words", async () => {
      await fill(anEntry("a", { title: "old", tags: ["x"], record: said("fog") }), anEntry("b"));
      const changed = await journal().archive.change(
        ["a", "a", "nobody"],
        { title: "Harbour", alt: null, addTags: ["z", "x"], collection: "Port", starred: true },
        5,
      );
      expect(changed).toBe(1);
      expect(await journal().archive.card("a")).toMatchObject({
        title: "Harbour",
        tags: ["x", "z"],
        collection: "Port",
        starred: true,
      });
      expect(await journal().entry("a")).toMatchObject({ title: "Harbour", tags: ["x", "z"], collection: "Port" });
      expect(await journal().archive.records(["a", "nobody"])).toEqual(new Map([["a", said("fog")]]));
      expect(await found("harbour port z")).toEqual(["a"]);
      expect(await found("old")).toEqual([]);
      expect(await found("fog")).toEqual(["a"]);
      await journal().archive.change(["a"], { title: null, removeTags: ["x"], collection: null }, 6);
      expect(await journal().archive.card("a")).toMatchObject({ tags: ["z"], title: undefined, collection: undefined });
    });

    it("moves an entry into the bin and out of it; exports of its run pass it over meanwhile", async () => {
      await fill(anEntry("a", { tags: ["x"] }), anEntry("b"));
      await journal().archive.change(["a"], { deleted: true }, 42);
      expect(await ids({})).toEqual(["b"]);
      expect(await ids({ deleted: true })).toEqual(["a"]);
      expect(await journal().archive.card("a")).toMatchObject({ deletedAt: 42 });
      expect((await journal().entries({ limit: 9 })).map(({ id }) => id)).toEqual(["b"]);
      expect(await journal().entry("a")).toBeDefined();
      await journal().archive.change(["a"], { deleted: false }, 43);
      expect(await ids({ tags: ["x"] })).toEqual(["a"]);
    });

    it("keeps star and bin when a run writes an entry again", async () => {
      await fill(anEntry("a", { title: "one" }));
      await journal().archive.change(["a"], { starred: true }, 1);
      await fill(anEntry("a", { title: "two" }));
      expect(await journal().archive.card("a")).toMatchObject({ title: "two", starred: true });
      expect(await found("one")).toEqual([]);
      expect(await found("two")).toEqual(["a"]);
    });
  });

  describe("collections", () => {
    it("are made, renamed with all that is in them, joined, and taken away without their entries", async () => {
      await fill(anEntry("a", { collection: "Spring" }), anEntry("b", { collection: "Autumn", asset: asset("e") }));
      const { archive } = journal();
      expect(await archive.addCollection("Winter")).toBe(true);
      expect(await archive.addCollection("Winter")).toBe(false);
      expect(await archive.collections()).toMatchObject([
        { name: "Autumn", count: 1, cover: asset("e") },
        { name: "Spring", count: 1 },
        { name: "Winter", count: 0 },
      ]);
      expect(await archive.renameCollection("Spring", "Autumn")).toBe(true);
      expect(await archive.renameCollection("Nobody", "Autumn")).toBe(false);
      expect((await ids({ collection: "Autumn" })).toSorted()).toEqual(["a", "b"]);
      expect(await found("autumn")).toEqual(["a", "b"]);
      expect(await archive.removeCollection("Autumn")).toBe(true);
      expect((await ids({ collection: "" })).toSorted()).toEqual(["a", "b"]);
      expect((await archive.collections()).map(({ name }) => name)).toEqual(["Winter"]);
    });
  });

  describe("a bundle that is taken in", () => {
    const bundle = (over = {}) => ({
      entry: anEntry("a", { title: "came along" }),
      graph: { document: aGraph("g"), hash: "gh" },
      assets: [{ asset: asset("a"), bytes: 3, mediaType: "image/png" }],
      results: [aResult("k", "elsewhere")],
      turns: [],
      at: 5,
      ...over,
    });

    it("adds what was not here, and replaces nothing that was", async () => {
      const { archive } = journal();
      expect(await archive.take(bundle())).toEqual({ added: true, results: 1 });
      expect(await journal().getGraph("gh")).toMatchObject({ id: "g" });
      await archive.change(["a"], { title: "mine" }, 6);
      const other = {
        results: [aResult("k", "evil"), aResult("k2", "elsewhere")],
        entry: anEntry("a", { title: "theirs" }),
      };
      expect(await archive.take(bundle(other))).toEqual({ added: false, results: 1 });
      expect((await journal().results(["k"])).get("k")?.runId).toBe("elsewhere");
      expect(await archive.card("a")).toMatchObject({ title: "mine" });
    });

    it("knows the saved revision that has a document", async () => {
      await journal().saveGraph(aGraph("g"), "one", undefined);
      expect(await journal().archive.revisionOf("g", "one")).toBe(1);
      expect(await journal().archive.revisionOf("g", "two")).toBeUndefined();
    });
  });
};
