import { expect, it } from "vitest";
import { readMarkdown } from "#lib/client/editor/canvas/light-markdown.ts";

it("reads headings, lists and strong words of a note, and leaves HTML as the text it is", () => {
  expect(readMarkdown("## Hero\nApproved by **Ana**\n- one\n- `two`\n\n<b>no</b>")).toEqual([
    { kind: "heading", level: 2, pieces: [{ text: "Hero" }] },
    { kind: "words", pieces: [{ text: "Approved by " }, { text: "Ana", style: "strong" }] },
    { kind: "list", items: [[{ text: "one" }], [{ text: "two", style: "code" }]] },
    { kind: "words", pieces: [{ text: "<b>no</b>" }] },
  ]);
});
