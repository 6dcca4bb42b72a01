import type * as z from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Graph } from "../../../protocol/graph.ts";
import type { GraphList as GraphPage } from "../../../protocol/http.ts";
import { callApi } from "../../call-api.ts";
import { createGraphServer } from "../drafts/graph-server.ts";

type GraphList = z.infer<typeof GraphPage>;

/** A saved graph as the server lists it: its newest version, and what it is called. */
export type SavedGraph = { id: string; name: string; revision: number };

/** What is known of saved graphs. `saved` is undefined until they were listed once; versions never change, so `graphs` (by `id@revision`) only grows. */
export type LinkState = { saved?: ReadonlyMap<string, SavedGraph>; graphs: ReadonlyMap<string, Graph> };

/** What reaches the server; tests hand in another one. */
export type LinkServer = {
  list(after: string | undefined): Promise<GraphList>;
  load(id: string, revision: number): Promise<Graph | undefined>;
};

/** Pages of saved graphs looked through at most; more are found by what they are linked as. */
const MOST_PAGES = 10;

export type Links = {
  store: StoreApi<LinkState>;
  /** Lists the saved graphs again. Without an answer what was known stays. */
  refresh(): Promise<void>;
  /** One version of a saved graph, fetched once; undefined when there is none or nobody answers. */
  load(id: string, revision: number): Promise<Graph | undefined>;
};

/** Knows which graphs are saved, and reads those that are linked. */
export function createLinks(server: LinkServer): Links {
  const store = createStore<LinkState>()(() => ({ graphs: new Map() }));
  const loading = new Map<string, Promise<Graph | undefined>>();
  const list = async (): Promise<void> => {
    const saved = new Map<string, SavedGraph>();
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { graphs, next } = await server.list(after);
      for (const { id, name, revision } of graphs) saved.set(id, { id, name, revision });
      after = next;
      if (after === undefined) break;
    }
    store.setState({ saved });
  };
  const fetched = async (id: string, revision: number): Promise<Graph | undefined> => {
    if (!store.getState().saved) await list();
    const newest = store.getState().saved?.get(id)?.revision;
    // What is known to be absent is not asked for: a browser would tell of it as an error.
    if (newest === undefined || revision > newest) return undefined;
    const graph = await server.load(id, revision);
    if (graph) store.setState(({ graphs }) => ({ graphs: new Map(graphs).set(`${id}@${revision}`, graph) }));
    return graph;
  };
  return {
    store,
    refresh: () => list().catch(() => {}),
    async load(id, revision) {
      const ref = `${id}@${revision}`;
      const known = store.getState().graphs.get(ref);
      if (known) return known;
      const asked = loading.get(ref) ?? fetched(id, revision).catch(() => undefined);
      loading.set(ref, asked);
      return asked.finally(() => loading.delete(ref));
    },
  };
}

let browser: Links | undefined;

/** The links of this browser's page, over HTTP. */
export function browserLinks(): Links {
  browser ??= createLinks({
    list: (after) =>
      callApi<GraphList>(`/api/graphs?limit=200${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`),
    load: async (id, revision) => (await createGraphServer().load(id, revision))?.graph,
  });
  return browser;
}
