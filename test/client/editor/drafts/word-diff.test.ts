import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordDiff } from "#lib/client/editor/drafts/word-diff.ts";

describe("the difference of two texts", () => {
  it("is told word by word", () => {
    expect(wordDiff("a red trail sneaker, at dawn", "a blue trail sneaker, at dawn")).toEqual([
      { kind: "same", text: "a " },
      { kind: "removed", text: "red" },
      { kind: "added", text: "blue" },
      { kind: "same", text: " trail sneaker, at dawn" },
    ]);
  });

  it("of equal texts is the text", () => {
    expect(wordDiff("", "")).toEqual([]);
    expect(wordDiff("one two", "one two")).toEqual([{ kind: "same", text: "one two" }]);
  });

  it("gives both texts back to the character", () => {
    const text = fc.array(fc.constantFrom("one", "two", " ", "\n", "Größe", ",", "🎈", "\ud83c"), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (one, two) => {
        const [a, b] = [one.join(""), two.join("")];
        const pieces = wordDiff(a, b);
        const of = (not: string) =>
          pieces
            .filter(({ kind }) => kind !== not)
            .map((piece) => piece.text)
            .join("");
        expect([of("added"), of("removed")]).toEqual([a, b]);
      }),
    );
  });

  it("of two long strange texts is bounded: the middle is replaced whole", () => {
    const words = (word: string) => Array.from({ length: 6_000 }, (_, n) => `${word}${n}`).join(" ");
    const pieces = wordDiff(`same ${words("a")}`, `same ${words("b")}`);
    expect(pieces.map(({ kind }) => kind)).toEqual(["same", "removed", "added"]);
  });
});
