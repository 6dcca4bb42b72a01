import { describe, expect, it } from "vitest";
import { facetWord } from "#lib/client/archive/facet-words.ts";
import { layOutLineage } from "#lib/client/archive/lineage-layout.ts";
import { entryFacts, promptsOf, readRecord, settingFacts } from "#lib/client/archive/record-words.ts";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import type { LineagePicture } from "#lib/protocol/entry-record.ts";

const asset = (seed: string) => `sha256:${seed.repeat(64)}`;
const picture = (seed: string, parents: string, more: Partial<LineagePicture> = {}): LineagePicture => ({
  asset: asset(seed),
  parents: [...parents].map(asset),
  ...more,
});

describe("a lineage as pictures", () => {
  it("reads from left to right, the thread in one line and references right before their use", () => {
    const turn = { responseId: "r", depth: 2, provider: "p", createdAt: 1 };
    const { spots, lines, columns, rows } = layOutLineage([
      picture("a", ""),
      picture("b", "a"),
      picture("e", ""),
      picture("c", "be", { continues: asset("b"), turn }),
      picture("d", "c"),
    ]);
    const at = Object.fromEntries(spots.map(({ picture: one, column, row }) => [one.asset[7], [column, row]]));
    expect(at).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0], d: [3, 0], e: [1, 1] });
    expect([columns, rows]).toEqual([4, 2]);
    expect(lines.find(({ from }) => from === asset("b"))).toMatchObject({ to: asset("c"), thread: true, turn: 2 });
    expect(lines.filter(({ thread }) => thread)).toHaveLength(1);
  });

  it("draws no line to a picture that is not told of, and nothing of nothing", () => {
    expect(layOutLineage([picture("b", "a")]).lines).toEqual([]);
    expect(layOutLineage([])).toEqual({ spots: [], lines: [], columns: 0, rows: 0 });
  });

  it("never puts two pictures in one place", () => {
    const many = [..."abcdef"].map((seed) => picture(seed, ""));
    const { spots } = layOutLineage([...many, picture("9", "abcdef")]);
    expect(new Set(spots.map(({ column, row }) => `${column} ${row}`)).size).toBe(7);
  });
});

describe("a record in words", () => {
  const card: EntryCard = {
    ...{ id: "e", runId: "r", nodeId: "n", name: "a/b", asset: asset("a"), mediaType: "image/png", tags: [] },
    ...{ width: 10, height: 20, graphId: "g", graphName: "G", simulated: true, starred: false, createdAt: 1 },
  };

  it("tells what there is and leaves out what there is not", () => {
    expect(entryFacts(card, undefined)).toEqual([
      { name: "Picture", value: "10 × 20 · PNG" },
      { name: "Drawn by", value: "Simulator" },
    ]);
    expect(readRecord({ format: "something else" })).toBeUndefined();
  });

  it("sets what was asked for beside what was given", () => {
    const made = {
      by: "model" as const,
      asked: { size: "auto", quality: "high", mask: "x" },
      given: { size: "1024x1024" },
    };
    expect(settingFacts(made)).toEqual([
      { name: "size", asked: "auto", given: "1024x1024" },
      { name: "quality", asked: "high", given: undefined },
    ]);
    expect(promptsOf({ by: "model", prompt: "a", revisedPrompt: "a" })).toEqual({ sent: "a", revised: undefined });
  });

  it("names facets as people do", () => {
    expect(facetWord("month", { value: "2026-11" })).toBe("November 2026");
    expect(facetWord("collection", { value: "" })).toBe("In no collection");
    expect(facetWord("verdict", { value: "pass" })).toBe("Passed");
    expect(facetWord("graph", { value: "g", title: "G" })).toBe("G");
  });
});
