import { describe, expect, it } from "vitest";
import type { SheetWrite } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";

const words = (text: string, more: Partial<NonNullable<SheetWrite["content"]>> = {}) => ({
  text,
  samples: [],
  hash: `hash of ${text}`,
  ...more,
});

export const libraryRules = (journal: Subject) => {
  const library = () => journal().library;
  const saved = async (write: SheetWrite, expected?: number | "any") => {
    const answer = await library().saveSheet(write, expected);
    if (!answer || !("saved" in answer)) throw new Error("it should have been saved");
    return answer;
  };

  describe("spec sheets", () => {
    it("keeps a new sheet as version 1, and another text as version 2 beside it", async () => {
      const first = await saved({ id: "alpine", name: "Alpine", tags: ["cold"], content: words("Cold light.") });
      expect(first).toMatchObject({
        added: true,
        saved: { newest: 1, name: "Alpine", tags: ["cold"], archived: false },
      });
      const second = await saved(
        { id: "alpine", content: words("Warm light.", { note: "warmer", extends: "house@3" }) },
        first.saved.revision,
      );
      expect(second).toMatchObject({ added: true, saved: { newest: 2, name: "Alpine", tags: ["cold"] } });
      expect(await library().sheetVersion("alpine")).toMatchObject({ version: 2, text: "Warm light.", note: "warmer" });
      expect(await library().sheetVersion("alpine", 1)).toMatchObject({ text: "Cold light.", samples: [] });
      expect(await library().sheetVersion("alpine", 3)).toBeUndefined();
      expect((await library().sheetVersions("alpine", { limit: 9 })).map(({ version }) => version)).toEqual([2, 1]);
      expect((await library().sheetVersions("alpine", { limit: 9, before: 2 })).map((row) => row.version)).toEqual([1]);
    });

    it("makes no version of what is the newest already, but takes a new name and tags", async () => {
      const first = await saved({ id: "alpine", name: "Alpine", content: words("Cold light.") });
      const again = await saved({ id: "alpine", content: words("Cold light.") }, first.saved.revision);
      expect(again).toEqual({ saved: first.saved, added: false });
      const renamed = await saved({ id: "alpine", name: "Alps", tags: ["new"] }, first.saved.revision);
      expect(renamed).toMatchObject({ added: false, saved: { name: "Alps", tags: ["new"], newest: 1 } });
      expect(renamed.saved.revision).toBeGreaterThan(first.saved.revision);
    });

    it("refuses a stale revision and a taken id with what is there, and makes nothing for a revision of nothing", async () => {
      const first = await saved({ id: "alpine", name: "Alpine", content: words("one") });
      await saved({ id: "alpine", content: words("two") }, "any");
      expect(await library().saveSheet({ id: "alpine", content: words("three") }, first.saved.revision)).toMatchObject({
        conflict: { newest: 2 },
      });
      expect(await library().saveSheet({ id: "alpine", content: words("three") }, undefined)).toMatchObject({
        conflict: { newest: 2 },
      });
      expect(await library().saveSheet({ id: "nowhere", content: words("one") }, "any")).toBeUndefined();
      expect(await library().sheet("nowhere")).toBeUndefined();
    });

    it("lets one of several writers with the same revision win", async () => {
      const { saved: row } = await saved({ id: "alpine", content: words("zero") });
      const answers = await Promise.all(
        ["a", "b", "c"].map((text) => library().saveSheet({ id: "alpine", content: words(text) }, row.revision)),
      );
      expect(answers.filter((answer) => answer && "saved" in answer)).toHaveLength(1);
      expect((await library().sheet("alpine"))?.newest).toBe(2);
    });

    it("takes over the number of a version that came from elsewhere where it is higher", async () => {
      await saved({ id: "alpine", content: words("seven"), version: 7 });
      await saved({ id: "alpine", content: words("eight") }, "any");
      await saved({ id: "alpine", content: words("two"), version: 2 }, "any");
      expect((await library().sheetVersions("alpine", { limit: 9 })).map(({ version }) => version)).toEqual([9, 8, 7]);
    });

    it("finds sheets by words, tag and whether they were put away, newest change first, page by page", async () => {
      for (const id of ["a", "b", "c"])
        await saved({ id, name: `Sheet ${id}`, tags: id === "b" ? ["50%"] : [], content: words(`the ${id} text`) });
      const ids = async (query: Partial<Parameters<ReturnType<typeof library>["sheets"]>[0]>) =>
        (await library().sheets({ archived: false, limit: 10, ...query })).map(({ id }) => id);
      expect((await ids({})).toSorted()).toEqual(["a", "b", "c"]);
      expect(await ids({ words: "SHEET b" })).toEqual(["b"]);
      expect(await ids({ words: "b nowhere" })).toEqual([]);
      expect(await ids({ words: "%" })).toEqual(["b"]);
      expect(await ids({ tag: "50%" })).toEqual(["b"]);
      expect(await ids({ tag: "50" })).toEqual([]);
      const all = await ids({});
      expect(await ids({ limit: 2 })).toEqual(all.slice(0, 2));
      expect(await ids({ before: all[1] })).toEqual(all.slice(2));
      await saved({ id: "b", archived: true }, "any");
      expect(await ids({ archived: true })).toEqual(["b"]);
      expect(await ids({})).not.toContain("b");
      expect(await library().sheetTags()).toEqual([]);
    });

    it("knows which sheets extend one now, at any version of it", async () => {
      await saved({ id: "pinned", content: words("p", { extends: "House style@2" }) });
      await saved({ id: "follower", content: words("f", { extends: "house-style" }) });
      await saved({ id: "former", content: words("x", { extends: "house-style" }) });
      await saved({ id: "former", content: words("y") }, "any");
      expect((await library().sheetsExtending("house-style")).map(({ sheetId }) => sheetId)).toEqual([
        "follower",
        "pinned",
      ]);
    });

    it("keeps what was sent under its hash and never changes it", async () => {
      await library().putSheetSnapshot("h", { text: "first", samples: [] });
      await library().putSheetSnapshot("h", { text: "second", samples: [] });
      expect(await library().sheetSnapshot("h")).toEqual({ text: "first", samples: [] });
      expect(await library().sheetSnapshot("other")).toBeUndefined();
    });

    it("counts the pictures of every version and snapshot as named", async () => {
      const asset = (digit: string) => `sha256:${digit.repeat(64)}`;
      const sample = (digit: string) => ({
        asset: asset(digit),
        width: 1,
        height: 1,
        mediaType: "image/png",
        send: false,
      });
      await saved({ id: "alpine", content: words("one", { samples: [sample("a")] }) });
      await saved({ id: "alpine", content: words("two", { madeFrom: { asset: asset("b") } }) }, "any");
      await library().putSheetSnapshot("h", { text: "sent", samples: [sample("c")] });
      expect([...(await journal().referencedAssets())].toSorted()).toEqual(["a", "b", "c"].map(asset));
    });
  });
};
