import type { Graph } from "../../../protocol/graph.ts";
import { ApiError } from "../../call-api.ts";
import type { SaveState } from "../state.ts";
import { decideOpening, type Known, type Opening } from "./decide-opening.ts";
import { type Draft, type DraftStore, DraftsUnavailable } from "./draft-store.ts";
import { createGraphServer, type GraphServer } from "./graph-server.ts";
import { openDraftStore } from "./open-store.ts";
import { createTabs, type Tabs } from "./tabs.ts";
import { THIS_TAB } from "./this-tab.ts";

/** What opening a graph asks; a test hands in another world. */
export type OpeningPorts = { store: DraftStore; server: GraphServer; tabs: Pick<Tabs, "open">; tab: string };

const openings = new WeakMap<Graph, Opening>();

/** How a document came to be opened; undefined for one that did not come from here. */
export const openingOf = (graph: Graph): Opening | undefined => openings.get(graph);

/**
 * The document to edit under an id: what this browser kept or the newest revision of the server, whichever is newer, or a new empty graph
 * when nobody has it. Throws when the server cannot be reached and nothing was kept.
 */
export async function openGraph(id: string, given?: OpeningPorts): Promise<{ graph: Graph; save: SaveState }> {
  const ports = given ?? {
    store: openDraftStore(),
    server: createGraphServer(),
    tabs: createTabs(id),
    tab: THIS_TAB,
  };
  let unreachable: unknown;
  const [found, view, live, server] = await Promise.all([
    ports.store.drafts(id).catch(() => []),
    ports.store.view(id).catch(() => undefined),
    ports.tabs.open(),
    ports.server.load(id).catch((error: unknown): "unreachable" => {
      if (error instanceof ApiError && error.status < 500) throw error;
      unreachable = error;
      return "unreachable";
    }),
  ]);
  const mine = found.filter((draft) => draft.tab === ports.tab || !live.has(draft.tab));
  const drafts = (await Promise.all(mine.map(readable))).flat();
  const known: Known = { id, tab: ports.tab, drafts, server };
  const opening = decideOpening({ ...known, base: await baseOf(known, ports.server) });
  if (!opening) throw unreachable;
  const unkept = await takeOver(id, opening, ports.store);
  openings.set(opening.graph, { ...opening, view });
  return { graph: opening.graph, save: unkept === undefined ? opening.save : { ...opening.save, unkept } };
}

/** A draft as this program reads documents. One it cannot read is left where it is. */
async function readable(draft: Draft): Promise<Draft[]> {
  const { readGraph } = await import("../../../protocol/read-graph.ts");
  const { graph } = readGraph(draft.document);
  return graph ? [{ ...draft, document: graph }] : [];
}

/** The revision both sides began with; only asked for where it may decide something. */
async function baseOf({ id, drafts, server }: Known, from: GraphServer): Promise<Graph | undefined> {
  const base = drafts.find(({ dirty }) => dirty)?.base;
  if (!base || server === "unreachable" || !server || base.etag === server.etag) return undefined;
  const found = await from.load(id, base.revision).catch(() => undefined);
  return found?.etag === base.etag ? found.graph : undefined;
}

async function takeOver(id: string, { takeOver: change }: Opening, store: DraftStore): Promise<string | undefined> {
  if (!change) return undefined;
  try {
    await store.takeOver(id, change);
    return undefined;
  } catch (error) {
    return error instanceof DraftsUnavailable ? error.message : new DraftsUnavailable("failed").message;
  }
}
