import { describe, expect, it } from "vitest";
import { nameKeeper, safeName } from "#lib/runtime/safe-name.ts";

describe("a name that becomes a file", () => {
  it.each([
    ["../../../../etc/cron.d/x", "etc/cron.d/x"],
    ["/etc/passwd", "etc/passwd"],
    ["a/../../b", "a/b"],
    ["..", "untitled"],
    ["..\\..\\windows\\x", "windows-x"],
    ["C:\\x", "C--x"],
    ["a/./b", "a/b"],
    ["%2e%2e%2fx", "%2e%2e%2fx"],
    ["", "untitled"],
  ])("NM-001 %j cannot climb out of its folder", (raw, safe) => {
    expect(safeName(raw)).toBe(safe);
  });

  it.each([
    ["CON", "_CON"],
    ["nul", "_nul"],
    ["aux.png", "_aux.png"],
    ["com1.tar", "_com1.tar"],
    ["LPT¹", "_LPT¹"],
    ["a. ", "a"],
    ["a:b", "a-b"],
    ['<a>|"b"?*', "a---b---"],
    ["nul/x", "_nul/x"],
    ["console", "console"],
  ])("NM-006 %j is made portable", (raw, safe) => {
    expect(safeName(raw)).toBe(safe);
  });

  it("NM-007 long names end on a whole character with a mark of the whole, so that twins stay apart", () => {
    const emoji = "👩🏽".repeat(100);
    const [one, two] = [safeName(`${emoji}a`), safeName(`${emoji}b`)];
    for (const name of [one, two, safeName("x".repeat(300)), safeName(`${"é".repeat(200)}/x`)]) {
      for (const segment of name.split("/")) expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(120);
      expect(name.isWellFormed()).toBe(true);
    }
    expect(one).not.toBe(two);
    expect(one).toMatch(/^(👩🏽)+~[0-9a-f]{8}$/u);
    expect(safeName("folder/".repeat(1000)).split("/").length).toBe(8);
  });

  it.each([
    ["invoice\u202Egnp.exe", "invoicegnp.exe"],
    ["a\u200Db\u200B\uFEFFc", "abc"],
    ["a\nb\r\0c", "abc"],
    ["-rf", "rf"],
    ["--out=x", "out=x"],
    [".env", "env"],
    [". .hidden", "hidden"],
    ["\u202E/\u200B", "untitled"],
    ["half\uD800", "half\uFFFD"],
  ])("NM-009 %j loses what misleads", (raw, safe) => {
    expect(safeName(raw)).toBe(safe);
  });

  it("NM-012 the same rules make a key for a remote store: no climbing, no empty part, no query", () => {
    expect(safeName("/../a//b?versionId=1&x#y")).toBe("a/b-versionId=1&x#y");
  });
});

describe("names of one run", () => {
  it("NM-008 twins in Unicode form or case are kept apart on every system", () => {
    const keep = nameKeeper();
    const names = ["caf\u00e9", "cafe\u0301", "A", "a"].map((name) => keep(safeName(name), "png"));
    expect(new Set(names.map((name) => name.normalize("NFC").toLowerCase())).size).toBe(4);
    expect(names).toEqual(["café.png", "café-2.png", "A.png", "a-2.png"]);
  });

  it("NM-011 the second of two equal names is numbered, also where the number is taken", () => {
    const keep = nameKeeper();
    expect([keep("hero", "png"), keep("hero-2", "png"), keep("hero", "png"), keep("hero", "jpg")]).toEqual([
      "hero.png",
      "hero-2.png",
      "hero-3.png",
      "hero.jpg",
    ]);
  });

  it("NM-011 a file never stands where another name has a folder", () => {
    const keep = nameKeeper();
    expect([keep("a", "png"), keep("a.png/b", "png"), keep("c.png/d", "png"), keep("c", "png")]).toEqual([
      "a.png",
      "a.png-2/b.png",
      "c.png/d.png",
      "c-2.png",
    ]);
  });
});
