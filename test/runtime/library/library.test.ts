import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SheetDraft } from "#lib/protocol/library.ts";
import { PublishBody } from "#lib/protocol/templates.ts";
import { scriptedProvider } from "../scripted-provider.ts";
import { openTestStudio } from "../test-studio.ts";

let studio: Awaited<ReturnType<typeof openTestStudio>>;
beforeEach(async () => {
  studio = await openTestStudio(scriptedProvider().provider);
});
afterEach(() => studio.studio.stop());

const library = () => studio.studio.library;
const draft = (name: string, text: string, more: Partial<SheetDraft> = {}): SheetDraft => ({
  name,
  text,
  tags: [],
  samples: [],
  ...more,
});
const codes = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: { problems?: { code: string; message: string }[] }) => error.problems ?? [],
  );

describe("the library", () => {
  it("names a new sheet after what people call it, and a second one of that name by a number", async () => {
    expect((await library().create(draft("Crème brûlée!", "a"))).id).toBe("creme-brulee");
    expect((await library().create(draft("Creme Brulee", "b"))).id).toBe("creme-brulee-2");
    expect((await library().create(draft("水彩", "c"))).id).toBe("水彩");
    expect(await codes(library().create(draft("!!!", "d")))).toMatchObject([{ code: "SHEET_NAME" }]);
  });

  it("refuses sheets that extend each other in a circle, by their names", async () => {
    await library().create(draft("A", "a"));
    await library().create(draft("B", "b", { extends: "a" }));
    await library().create(draft("C", "c", { extends: "b@1" }));
    const [found] = await codes(library().save("a", draft("A", "a", { extends: "c" }), "*"));
    expect(found).toMatchObject({ code: "SHEET_CYCLE", message: expect.stringContaining("a → c → b → a") });
    expect(await codes(library().save("a", draft("A", "a", { extends: "a@1" }), "*"))).toMatchObject([
      { code: "SHEET_CYCLE" },
    ]);
  });

  it("refuses parents that are not there, and chains nobody could follow", async () => {
    expect(await codes(library().create(draft("A", "a", { extends: "nowhere" })))).toMatchObject([
      { code: "SHEET_UNKNOWN" },
    ]);
    await library().create(draft("s0", "0"));
    for (let n = 1; n <= 8; n += 1) await library().create(draft(`s${n}`, `${n}`, { extends: `s${n - 1}` }));
    expect(await codes(library().create(draft("s9", "9", { extends: "s8" })))).toMatchObject([
      { code: "SHEET_TOO_DEEP" },
    ]);
  });

  it("keeps no keys and no pictures that are not there", async () => {
    const key = `sk-${"a1b2".repeat(8)}`;
    expect(await codes(library().create(draft("A", `Use ${key}`)))).toMatchObject([{ code: "SECRET_IN_SHEET" }]);
    expect(await codes(library().create(draft("A", "a", { note: key })))).toMatchObject([{ code: "SECRET_IN_SHEET" }]);
    const sample = { asset: `sha256:${"0".repeat(64)}`, width: 1, height: 1, mediaType: "image/png", send: false };
    expect(await codes(library().create(draft("A", "a", { samples: [sample] })))).toMatchObject([
      { code: "ASSET_MISSING" },
    ]);
    expect((await library().list({ limit: 9 })).sheets).toEqual([]);
  });

  it("shows which sections are whose", async () => {
    await library().create(draft("House", "Rules.\n\n# Light\nSoft.\n\n# Camera\n50 mm.\n\n# Type\nNone."));
    const child = draft("Alpine", "More.\n\n## Light\nHard.\n\n# Type\n\n# People\nNone.", { extends: "house" });
    const { effective } = await library().create(child);
    expect(effective?.sections.map(({ title, from }) => [title, from])).toEqual([
      ["", "both"],
      ["Light", "replaced"],
      ["Camera", "parent"],
      ["People", "own"],
    ]);
    expect(effective?.chain).toEqual([
      { id: "alpine", name: "Alpine", version: 1, follows: true },
      { id: "house", name: "House", version: 1, follows: true },
    ]);
  });

  it("saves with the etag it was read with; a stale one gets what is there", async () => {
    const first = await library().create(draft("Alpine", "one"));
    expect(await library().save("alpine", draft("Alpine", "two"), undefined)).toMatchObject({
      needsMatch: { etag: first.etag },
    });
    expect(await library().save("alpine", draft("Alpine", "two"), first.etag)).toMatchObject({ added: true });
    expect(await library().save("alpine", draft("Alpine", "three"), first.etag)).toMatchObject({
      conflict: { newest: 2, text: "two" },
    });
    expect(await library().save("nowhere", draft("Nowhere", "a"), "*")).toBe("unknown");
    expect(await library().rollBack("alpine", 9, undefined, "*")).toBe("unknown");
  });

  it("puts a sheet away and brings it back, without hurting who uses it", async () => {
    await library().create(draft("Alpine", "one", { tags: ["cold"] }));
    await library().archive("alpine", true, "*");
    expect(await library().list({ limit: 9 })).toEqual({ sheets: [], tags: [] });
    expect((await library().list({ limit: 9, archived: true })).sheets).toHaveLength(1);
    expect(await library().read("alpine")).toMatchObject({ archived: true, text: "one" });
    await library().archive("alpine", false, "*");
    expect((await library().list({ limit: 9 })).tags).toEqual(["cold"]);
  });

  it("tells who uses it: graphs as they are now, and sheets that extend it", async () => {
    await library().create(draft("House", "a"));
    await library().create(draft("Alpine", "b", { extends: "house@1" }));
    const using = (ref: string) => ({
      name: "Series",
      nodes: [{ id: "look", type: "spec-sheet", config: { library: ref } }],
    });
    await studio.studio.saveGraph("one", using("house"), undefined);
    await studio.studio.saveGraph("two", using("other@2"), undefined);
    await studio.studio.saveGraph(
      "published",
      { name: "Poster", nodes: [{ id: "look", type: "spec-sheet", config: { extends: "House@1" } }] },
      undefined,
    );
    await studio.studio.templates.publish("published", PublishBody.parse({}));
    expect(await library().users("house")).toEqual({
      graphs: [
        { graphId: "one", name: "Series", refs: ["house"], nodes: 1 },
        { graphId: "published", name: "Poster", refs: ["House@1"], nodes: 1 },
        { graphId: "published", name: "Poster", refs: ["House@1"], nodes: 1, template: 1 },
      ],
      sheets: [{ id: "alpine", name: "Alpine", ref: "house@1" }],
    });
  });
});
