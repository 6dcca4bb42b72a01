import { describe, expect, it } from "vitest";
import { distilBody, distilPicture, sheetText } from "#lib/client/library/distil-picture.ts";
import { following, pinned, sheetChoice } from "#lib/client/library/sheet-choice.ts";
import { sheetDiff } from "#lib/client/library/sheet-diff.ts";
import { bodyOf, draftOf, emptyDraft, tagsOf, unfit, whatChanged } from "#lib/client/library/sheet-draft.ts";
import { takeStarter } from "#lib/client/library/starters.ts";
import type { Sheet, SheetSample, SheetSummary } from "#lib/protocol/library.ts";
import type { RunDocument } from "#lib/protocol/run.ts";

const sample = (digit: string, more: Partial<SheetSample> = {}): SheetSample => ({
  asset: `sha256:${digit.repeat(64)}`,
  width: 4,
  height: 3,
  mediaType: "image/png",
  send: false,
  ...more,
});
const sheet = (more: Partial<Sheet> = {}): Sheet => ({
  id: "alpine",
  name: "Alpine",
  newest: 3,
  tags: ["cold"],
  archived: false,
  samples: [],
  createdAt: 0,
  updatedAt: 0,
  etag: "3-3",
  version: 3,
  text: "Cold light.",
  hash: "h",
  versionAt: 0,
  ...more,
});

describe("a draft", () => {
  it("knows whether saving it changes nothing, its name, or makes a version", () => {
    const now = sheet();
    const draft = draftOf(now);
    expect(whatChanged(draft, now)).toBe("nothing");
    expect(whatChanged({ ...draft, tags: " cold ,cold" }, now)).toBe("nothing");
    expect(whatChanged({ ...draft, name: "Alps" }, now)).toBe("about");
    expect(whatChanged({ ...draft, tags: "" }, now)).toBe("about");
    expect(whatChanged({ ...draft, text: "Warm." }, now)).toBe("version");
    expect(whatChanged({ ...draft, extends: "house" }, now)).toBe("version");
    expect(whatChanged({ ...draft, samples: [sample("a")] }, now)).toBe("version");
    expect(whatChanged(emptyDraft, undefined)).toBe("nothing");
  });
  it("goes to the server without what is empty, and says what it lacks", () => {
    expect(bodyOf({ ...emptyDraft, name: " A ", text: "t", tags: "x; y" })).toEqual({
      name: "A",
      text: "t",
      samples: [],
      tags: ["x", "y"],
    });
    expect(tagsOf(",, ;")).toEqual([]);
    expect(unfit({ ...emptyDraft, text: "t" })).toContain("name");
    expect(unfit({ ...emptyDraft, name: "A" })).toContain("Write");
    expect(unfit({ ...emptyDraft, name: "A", extends: "house" })).toBeUndefined();
  });
});

describe("what is different between two versions", () => {
  it("is said in sentences by section, parent and picture", () => {
    const older = { text: "Open.\n# Light\nSoft.\n# Room\nAir.", samples: [sample("a"), sample("b")] };
    const newer = {
      text: "Open wide.\n# light\nHard.\n# People\nNone.",
      samples: [sample("b", { send: true }), sample("c")],
      extends: "house@2",
    };
    expect(sheetDiff(older, newer).sentences).toEqual([
      "Extends house@2.",
      "The opening and light rewritten.",
      "People added.",
      "Room removed.",
      "1 sample picture added.",
      "1 sample picture removed.",
      "1 sample picture sent along or no longer sent.",
    ]);
    expect(sheetDiff(newer, { ...newer, extends: "house" }).sentences).toEqual(["Extends house instead of house@2."]);
    expect(sheetDiff(newer, { text: newer.text, samples: newer.samples }).sentences).toEqual([
      "No longer extends house@2.",
    ]);
  });
  it("is shown word by word, and nothing where they say the same", () => {
    const { pieces } = sheetDiff({ text: "Cold light.", samples: [] }, { text: "Warm light.", samples: [] });
    expect(pieces).toEqual([
      { kind: "removed", text: "Cold" },
      { kind: "added", text: "Warm" },
      { kind: "same", text: " light." },
    ]);
    expect(sheetDiff(sheet(), sheet()).sentences).toEqual([]);
  });
});

describe("what a setting says of a sheet", () => {
  const known = [{ ...sheet({ newest: 5 }), opening: "" } as SheetSummary];
  it("follows, or is pinned and may have an update", () => {
    expect(sheetChoice("alpine", known)).toMatchObject({ follows: true, version: 5, update: undefined });
    expect(sheetChoice("Alpine@3", known)).toMatchObject({ follows: false, version: 3, update: 5 });
    expect(sheetChoice("alpine@5", known)).toMatchObject({ update: undefined });
    expect(sheetChoice("nowhere@1", known)).toMatchObject({ sheet: undefined, version: 1 });
    for (const value of [undefined, "", "{{look}}-style", { $input: "look" }, "@"])
      expect(sheetChoice(value, known)).toBeUndefined();
  });
  it("can change between the two without changing what is used now", () => {
    const follows = sheetChoice("alpine", known);
    expect(follows && pinned(follows)).toBe("alpine@5");
    const fixed = sheetChoice("alpine@3", known);
    expect(fixed && following(fixed)).toBe("alpine");
  });
});

describe("a sheet from a picture", () => {
  const run = (status: string, text?: string) =>
    ({
      status,
      steps: [],
      outputs: text === undefined ? {} : { sheet: { spec: [{ kind: "spec", name: "n", text, hash: "h" }] } },
    }) as unknown as RunDocument;
  it("asks once, looks until it is written, and gives the run", async () => {
    const answers = [run("queued"), run("running"), run("succeeded", "Cold light.")];
    const asked: unknown[] = [];
    const server = {
      distil: async (body: unknown) => {
        asked.push(body);
        return { runId: "run_1" };
      },
      run: async () => answers.shift() as RunDocument,
    };
    const body = distilBody({ asset: sample("a").asset, turn: { responseId: "resp_1" } }, "Hero");
    expect(await distilPicture(server, body, async () => {})).toBe("run_1");
    expect(asked).toEqual([{ asset: sample("a").asset, responseId: "resp_1", title: "Hero" }]);
    expect(sheetText(run("succeeded", "Cold light."))).toBe("Cold light.");
  });
  it("says why when no sheet came of it", async () => {
    const server = { distil: async () => ({ runId: "run_1" }), run: async () => run("paused") };
    await expect(distilPicture(server, distilBody(sample("a")), async () => {})).rejects.toThrow("paused");
  });
});

describe("a sheet that comes along", () => {
  it("is taken with its picture as a sample that is shown and not sent", async () => {
    const starter = { id: "quiet", name: "Quiet", opening: "", file: "/sheets/quiet.sheet.json", picture: "/p.webp" };
    let taken = "";
    const id = await takeStarter(
      starter,
      {
        take: async (file) => {
          taken = await file.text();
          return { refs: { quiet: "quiet-2" }, sheets: [], missing: [] };
        },
      },
      {
        read: async () => ({ format: "throughline/sheet", sheet: { id: "quiet", text: "t" } }),
        store: async () => sample("a"),
      },
    );
    expect(id).toBe("quiet-2");
    expect(JSON.parse(taken)).toMatchObject({
      sheet: { text: "t", samples: [{ asset: sample("a").asset, send: false }] },
    });
  });
});
