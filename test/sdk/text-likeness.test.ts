import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLatin } from "#lib/sdk/latin.ts";
import { textLikeness } from "#lib/sdk/text-likeness.ts";

const within = { match: "contains", caseSensitive: false } as const;
const whole = { match: "exactly", caseSensitive: false } as const;
const score = (expected: string, read: string, rule: Parameters<typeof textLikeness>[2] = within) =>
  Number(textLikeness(expected, read, rule).score.toFixed(4));

describe("what is the same text", () => {
  it.each([
    ["capitals", "Summer Sale", "SUMMER SALE"],
    ["line breaks and wide gaps", "summer sale", " SUMMER\n\n  SALE\t"],
    ["curly quotes and long dashes", `"It's on" - now`, "“It’s on” — now"],
    ["ligatures and wide letters", "office 50%", "oﬃce ５０％"],
    ["accents put together or taken apart", "Café Noël", "Cafe\u0301 Noe\u0308l"],
    ["sharp s in capitals", "Straße", "STRASSE"],
    ["soft hyphens and zero width characters", "background", "back\u00adgro\u200bund"],
    ["a line break between characters without spaces", "夏のセール", "夏の\nセール"],
  ])("%s", (_name, expected, read) => {
    expect(score(expected, read)).toBe(1);
    expect(score(expected, read, whole)).toBe(1);
  });

  it("capitals count when they are told to", () => {
    expect(score("Sale", "SALE", { match: "exactly", caseSensitive: true })).toBe(0.25);
    expect(score("Sale", "Sale", { match: "exactly", caseSensitive: true })).toBe(1);
  });

  it("accents are letters of their own", () => expect(score("Café", "Cafe")).toBe(0.75));
});

describe("how far apart two texts are", () => {
  it.each([
    ["a letter missing", "summer sale", "sumer sale", 10 / 11],
    ["a letter wrong", "summer sale", "summer sole", 10 / 11],
    ["a letter too many inside", "summer sale", "summmer sale", 10 / 11],
    ["a letter too many at the end", "summer sale", "summer sales", 10 / 11],
    ["a letter too many at the beginning", "sale", "asale", 3 / 4],
    ["inside another word", "sale", "wholesaler", 2 / 4],
    ["nothing of it", "abcd", "1234", 0],
    ["nothing at all", "abcd", "", 0],
  ])("%s", (_name, expected, read, value) => expect(score(expected, read)).toBe(Number(value.toFixed(4))));

  it("other lettering beside it does not matter, unless nothing else may be there", () => {
    const poster = "THROUGHLINE\nSummer sale!\nuntil 31 July · 50 % off";
    expect(score("summer sale", poster)).toBe(1);
    expect(textLikeness("summer sale", poster, within).nearest).toBe("Summer sale");
    expect(score("summer sale", poster, whole)).toBeLessThan(0.3);
  });

  it("the nearest place is shown as it was read", () => {
    expect(textLikeness("trail sneaker", "NEW — TRIAL  SNEAKER now", within).nearest).toBe("TRIAL SNEAKER");
  });

  it("very long readings are cut, and cost no more than a moment", () => {
    const long = `${"lorem ipsum dolor ".repeat(20_000)}sale`;
    expect(score("sale", long)).toBeLessThan(1);
    expect(score("x".repeat(500), long)).toBe(0);
  });

  it("properties: 0 to 1; a text is itself; found anywhere between other words; exactly is symmetric and never kinder", () => {
    const words = fc
      .array(fc.stringMatching(/^[a-zäß]{1,8}$/), { minLength: 1, maxLength: 5 })
      .map((list) => list.join(" "));
    fc.assert(
      fc.property(words, words, words, (one, other, third) => {
        for (const rule of [within, whole]) {
          expect(score(one, one, rule)).toBe(1);
          expect(score(one, other, rule)).toBeGreaterThanOrEqual(0);
          expect(score(one, other, rule)).toBeLessThanOrEqual(1);
        }
        expect(score(one, `${other} ${one} ${third}`)).toBe(1);
        expect(score(one, other, whole)).toBe(score(other, one, whole));
      }),
    );
  });
});

it("Latin script is told from others", () => {
  expect(["Summer sale 50 %", "Škoda, Ærø", "", "¡Olé! 7"].every(isLatin)).toBe(true);
  expect(["Распродажа", "夏のセール", "Sale Ω", "תל"].some(isLatin)).toBe(false);
});
