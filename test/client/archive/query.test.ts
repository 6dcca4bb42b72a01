import { describe, expect, it } from "vitest";
import {
  countChosen,
  EVERYTHING,
  facetsPath,
  isEverything,
  listPath,
  readView,
  toggled,
  writeView,
} from "#lib/client/archive/query.ts";

const there = (search: string) => readView(new URLSearchParams(search));

describe("the address of the archive", () => {
  it("holds words, order, facets, bin and the open entry, and reads back as the same view", () => {
    for (const address of [
      "",
      "?q=red+shoe",
      "?q=red&collection=Spring&tag=hero%0Awide&order=best",
      "?starred=true&deleted=true&entry=entry_1",
      "?collection=&month=2026-11&verdict=pass&simulated=false",
    ])
      expect(new Set(new URLSearchParams(writeView(there(address))))).toEqual(new Set(new URLSearchParams(address)));
  });

  it("takes what it does not know for nothing", () => {
    expect(there("?order=loudest&colour=red&deleted=1")).toEqual(EVERYTHING);
  });

  it("keeps one value of a facet, and several of the tags", () => {
    let view = toggled(toggled(EVERYTHING, "tag", "a"), "tag", "b");
    expect(view.chosen.tag).toEqual(["a", "b"]);
    view = toggled(toggled(view, "graph", "one"), "graph", "two");
    expect(view.chosen.graph).toEqual(["two"]);
    expect(countChosen(view)).toBe(3);
    expect(toggled(toggled(view, "graph", "two"), "tag", "a").chosen).toEqual({ tag: ["b"] });
    expect(isEverything(view)).toBe(false);
    expect(isEverything({ ...EVERYTHING, q: "  " })).toBe(true);
  });

  it("asks the server for pages of cards, best first only when there are words", () => {
    expect(listPath({ ...EVERYTHING, order: "best" })).toBe("/api/archive?view=card&limit=100");
    expect(listPath({ ...EVERYTHING, q: "a b", order: "best" }, "n.1")).toBe(
      "/api/archive?q=a+b&view=card&limit=100&order=best&before=n.1",
    );
    expect(facetsPath({ ...EVERYTHING, chosen: { tag: ["a", "b"] } })).toBe("/api/archive/facets?tag=a%0Ab");
  });
});
