import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSearch, wordsOf } from "#lib/protocol/search-words.ts";

describe("the words of a search", () => {
  it("are folded: case, accents, and letters that only look like two", () => {
    expect(wordsOf("Ökologischer SCHUH, Straße & Smørrebrød — ﬁn!")).toEqual([
      "okologischer",
      "schuh",
      "strasse",
      "smorrebrod",
      "fin",
    ]);
    expect(wordsOf("東京タワー 2026")).toEqual(
      ["東", "京", "タ", "ワ", "ー", "2026"].filter((word) => wordsOf(word).length > 0),
    );
  });

  it("are whole but for the last one, which may go on", () => {
    expect(readSearch("red sho")).toEqual([
      { words: ["red"], begun: false },
      { words: ["sho"], begun: true },
    ]);
    expect(readSearch("red ")?.at(-1)).toEqual({ words: ["red"], begun: false });
    expect(readSearch('"red shoe"')).toEqual([{ words: ["red", "shoe"], begun: false }]);
    expect(readSearch('a "red sho')?.at(-1)).toEqual({ words: ["red", "sho"], begun: true });
  });

  it("tell nothing asked for from nothing that can be found", () => {
    expect(readSearch("")).toBeUndefined();
    expect(readSearch(' "" ')).toBeUndefined();
    expect(readSearch("%&/")).toEqual([]);
  });

  it("RS-005 are letters and digits only, few, and never throw, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const words = (readSearch(text) ?? []).flatMap((phrase) => phrase.words);
        expect(words.length).toBeLessThanOrEqual(32);
        for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
    expect(readSearch("x ".repeat(20_000))?.length).toBe(32);
  });
});
