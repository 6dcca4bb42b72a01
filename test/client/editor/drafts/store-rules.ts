import type { Draft, DraftStore } from "#lib/client/editor/drafts/draft-store.ts";
import type { Graph } from "#lib/protocol/graph.ts";

/** One rule of every store of drafts; throws when it is broken. Nothing of a test runner, so that it runs in a browser's page too. */
export type StoreRule = { name: string; check(store: DraftStore): Promise<void> };

const graph = (name: string, id = "g"): Graph => ({
  format: "throughline/graph",
  version: 1,
  id,
  name,
  inputs: [],
  nodes: [],
  edges: [],
  frames: [],
});
const draft = (tab: string, name: string, at: number, id = "g"): Draft => ({
  id,
  tab,
  document: graph(name, id),
  base: { revision: 1, etag: "e1" },
  dirty: true,
  at,
});
const same = (what: unknown, expected: unknown): void => {
  if (JSON.stringify(what) !== JSON.stringify(expected))
    throw new Error(`${JSON.stringify(what)} instead of ${JSON.stringify(expected)}`);
};

export const STORE_RULES: StoreRule[] = [
  {
    name: "has nothing of a graph nobody wrote",
    async check(store) {
      same([await store.drafts("g"), await store.copies("g"), await store.view("g")], [[], [], undefined]);
    },
  },
  {
    name: "gives a draft back as it was written, and the newest one of a tab",
    async check(store) {
      await store.write(draft("one", "first", 1));
      await store.write(draft("one", "second", 2));
      same(await store.drafts("g"), [draft("one", "second", 2)]);
    },
  },
  {
    name: "keeps the drafts of tabs and of graphs apart, newest first",
    async check(store) {
      await store.write(draft("one", "of one", 1));
      await store.write(draft("two", "of two", 2));
      await store.write(draft("one", "of another graph", 3, "h"));
      same(
        (await store.drafts("g")).map(({ document }) => document.name),
        ["of two", "of one"],
      );
    },
  },
  {
    name: "is not changed by what a tab does with its document afterwards",
    async check(store) {
      const mine = draft("one", "as written", 1);
      await store.write(mine);
      mine.document.name = "changed in the tab";
      same((await store.drafts("g"))[0]?.document.name, "as written");
    },
  },
  {
    name: "takes over: writes its own, lets the others go, sets aside",
    async check(store) {
      await store.write(draft("gone", "opened", 2));
      await store.write(draft("older", "left", 1));
      const { tab: _, dirty: _dirty, ...left } = draft("older", "left", 1);
      await store.takeOver("g", {
        own: draft("new", "opened", 2),
        gone: ["gone", "older"],
        aside: [{ ...left, why: "left" }],
      });
      same(
        (await store.drafts("g")).map(({ tab }) => tab),
        ["new"],
      );
      same(
        (await store.copies("g")).map(({ document, why }) => [document.name, why]),
        [["left", "left"]],
      );
    },
  },
  {
    name: "numbers copies, gives them newest first and forgets only the one that is meant",
    async check(store) {
      const copy = (name: string, at: number) => ({ id: "g", document: graph(name), why: "because", at });
      const first = await store.setAside(copy("first", 1));
      await store.setAside(copy("second", 2));
      same(
        (await store.copies("g")).map(({ document }) => document.name),
        ["second", "first"],
      );
      await store.forgetCopy(first);
      same(
        (await store.copies("g")).map(({ document }) => document.name),
        ["second"],
      );
    },
  },
  {
    name: "keeps where a graph was looked at",
    async check(store) {
      await store.writeView("g", { x: 1, y: 2, zoom: 0.5 });
      await store.writeView("g", { x: 3, y: 4, zoom: 1 });
      const view = await store.view("g");
      same([view?.x, view?.y, view?.zoom], [3, 4, 1]);
    },
  },
];
