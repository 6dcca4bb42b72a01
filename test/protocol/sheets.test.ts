import { describe, expect, it } from "vitest";
import { parseSheetRef, sheetIdOf } from "#lib/protocol/sheet-ref.ts";
import { extendSheet, mergeSections, sheetSections } from "#lib/protocol/sheet-text.ts";

describe("how a sheet is named", () => {
  it.each([
    ["house-style", { id: "house-style" }],
    ["house-style@3", { id: "house-style", version: 3 }],
    [" House Style@12 ", { id: "house-style", version: 12 }],
    ["Grün & Blau", { id: "grun-blau" }],
  ])("%j", (text, ref) => expect(parseSheetRef(text)).toEqual(ref));
  it.each(["", "@1", "a@", "a@0", "a@1.5", "a@b", "a#b", "a@1@2", "…", "x".repeat(101)])("%j names none", (text) =>
    expect(parseSheetRef(text)).toBeUndefined(),
  );
  it("an id is never longer than 64 and never ends in a hyphen", () => {
    const id = sheetIdOf(`${"a".repeat(63)} b`);
    expect(id).toBe("a".repeat(63));
  });
});

describe("a sheet over another", () => {
  it("a heading stands for its words, whatever its level and case; order is the parent's", () => {
    expect(extendSheet("# A\n1\n# B\n2", "### b\nnew\n# C\n3")).toBe("# A\n1\n\n### b\nnew\n\n# C\n3");
  });
  it("a heading with nothing under it takes the parent's away, and is not sent itself", () => {
    expect(extendSheet("# A\n1\n# B\n2", "# a")).toBe("# B\n2");
  });
  it("words before the first heading come after the parent's", () => {
    expect(extendSheet("One.", "Two.")).toBe("One.\n\nTwo.");
    expect(mergeSections(sheetSections("One."), sheetSections("Two."))).toEqual([
      { title: "", text: "One.\n\nTwo.", from: "both" },
    ]);
  });
  it("hashes inside a code block are no headings", () => {
    expect(sheetSections("a\n```\n# no\n```\n# yes\nb").map(({ title }) => title)).toEqual(["", "yes"]);
  });
  it("without a parent the words are left as they are", () => {
    expect(extendSheet(undefined, "# A\n\n# A\n")).toBe("# A\n\n# A");
    expect(extendSheet(" ", "x")).toBe("x");
  });
});
