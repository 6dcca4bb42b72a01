import { describe, expect, it } from "vitest";
import { decideOpening, type Known } from "#lib/client/editor/drafts/decide-opening.ts";
import type { Draft } from "#lib/client/editor/drafts/draft-store.ts";
import { aGraph } from "./ports.ts";

const version = (text: string, revision: number) => ({ graph: aGraph({ a: text }), revision, etag: `e${revision}` });
const draft = (text: string, parts: Partial<Draft> = {}): Draft => ({
  id: "g",
  tab: "gone",
  document: aGraph({ a: text }),
  base: { revision: 1, etag: "e1" },
  dirty: true,
  at: 1,
  ...parts,
});
const open = (parts: Partial<Known>) => decideOpening({ id: "g", tab: "me", drafts: [], server: undefined, ...parts });
const shown = (parts: Partial<Known>) => {
  const opening = open(parts);
  return [opening?.graph.nodes[0]?.config.text, opening?.save.state];
};

describe("what a graph opens with", () => {
  it.each<[string, Partial<Known>, unknown[]]>([
    ["nothing anywhere: a new graph", {}, [undefined, "saved"]],
    ["the server alone", { server: version("s", 1) }, ["s", "saved"]],
    ["a draft alone, never saved", { drafts: [draft("d", { base: undefined })] }, ["d", "local"]],
    ["a draft whose graph was deleted", { drafts: [draft("d")] }, ["d", "local"]],
    ["a draft on the server's newest", { server: version("s", 1), drafts: [draft("d")] }, ["d", "local"]],
    [
      "a draft without news, the server newer",
      { server: version("s", 2), drafts: [draft("d", { dirty: false })] },
      ["s", "saved"],
    ],
    ["both changed", { server: version("s", 2), drafts: [draft("d")], base: aGraph({ a: "b" }) }, ["d", "conflict"]],
    ["both changed, the base unknown", { server: version("s", 2), drafts: [draft("d")] }, ["d", "conflict"]],
    ["both changed to the same", { server: version("d", 2), drafts: [draft("d")] }, ["d", "saved"]],
    [
      "the server only numbered anew",
      { server: version("b", 2), drafts: [draft("d")], base: aGraph({ a: "b" }) },
      ["d", "local"],
    ],
    [
      "the draft changed nothing",
      { server: version("s", 2), drafts: [draft("b")], base: aGraph({ a: "b" }) },
      ["s", "saved"],
    ],
    [
      "the server has what was sent",
      { server: version("sent", 2), drafts: [draft("d", { sent: aGraph({ a: "sent" }) })] },
      ["d", "local"],
    ],
    ["no server, a draft", { server: "unreachable", drafts: [draft("d")] }, ["d", "offline"]],
    ["no server, an old copy", { server: "unreachable", drafts: [draft("d", { dirty: false })] }, ["d", "offline"]],
  ])("%s", (_what, parts, expected) => {
    expect(shown(parts)).toEqual(expected);
  });

  it("no server and nothing kept: nothing to show", () => {
    expect(open({ server: "unreachable" })).toBeUndefined();
  });

  it("takes the draft of a tab that is gone over as its own, and sets the unsaved ones of others aside", () => {
    const newer = draft("newer", { tab: "b", at: 2 });
    const older = draft("older", { tab: "a", at: 1 });
    const clean = draft("clean", { tab: "c", at: 0, dirty: false });
    const { takeOver } = open({ server: version("s", 1), drafts: [newer, older, clean] }) ?? {};
    expect(takeOver).toMatchObject({
      own: { tab: "me", dirty: true, document: newer.document },
      gone: ["b", "a", "c"],
      aside: [{ document: older.document, why: "Left unsaved in another tab" }],
    });
  });

  it("sets aside what was saved last when the server has lost the graph", () => {
    const { takeOver, graph } = open({ drafts: [draft("last", { dirty: false })] }) ?? {};
    expect(graph?.nodes).toEqual([]);
    expect(takeOver?.aside).toHaveLength(1);
  });
});
