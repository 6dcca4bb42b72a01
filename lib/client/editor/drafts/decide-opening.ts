import { Graph } from "../../../protocol/graph.ts";
import type { GraphVersion, SaveState } from "../state.ts";
import type { Draft, KeptCopy, KeptView, TakeOver } from "./draft-store.ts";
import { sameDocument } from "./same-document.ts";

/** What is known when a graph is opened. */
export type Known = {
  id: string;
  /** This tab. */
  tab: string;
  /** The drafts of the graph, newest first, without those of other tabs that are still open. */
  drafts: readonly Draft[];
  /** The newest revision of the server; undefined: it has none. */
  server: GraphVersion | "unreachable" | undefined;
  /** The revision the newest unsaved draft stands on, where the server still has it. */
  base?: Graph;
};

/** A document to edit, how safe it is, and what becomes of the drafts. */
export type Opening = {
  graph: Graph;
  save: SaveState;
  /** The document holds something the server does not have. */
  dirty: boolean;
  /** Sent before the tab ended and never answered. */
  sent?: Graph;
  takeOver?: TakeOver;
  /** Where it was last looked at. */
  view?: KeptView;
};

export const DELETED = "This graph was deleted elsewhere. Saving brings it back.";
const UNREACHABLE = "The server cannot be reached. Shown is what this browser kept.";

/**
 * Draft or server: what is newer wins where only one side changed; where both did, the draft is opened and the conflict is told. Undefined
 * when the server cannot be reached and nothing was kept. Whatever is not opened and not on the server is set aside.
 */
export function decideOpening(known: Known): Opening | undefined {
  const { id, drafts, server } = known;
  const unsaved = drafts.find(({ dirty }) => dirty);
  if (server === "unreachable") {
    const shown = unsaved ?? drafts[0];
    if (!shown) return undefined;
    const save: SaveState = { state: "offline", ...shown.base, message: UNREACHABLE };
    return opened(known, shown.document, save, { from: shown });
  }
  if (!server) {
    if (!unsaved) return opened(known, Graph.parse({ id }), { state: "saved" }, {});
    const save: SaveState = { state: "local", message: unsaved.base ? DELETED : undefined };
    return opened(known, unsaved.document, save, { from: unsaved });
  }
  const here: SaveState = { state: "saved", revision: server.revision, etag: server.etag };
  if (
    !unsaved ||
    sameDocument(unsaved.document, server.graph) ||
    (known.base && sameDocument(unsaved.document, known.base))
  )
    return opened(known, server.graph, here, {});
  const theirsIsOurs =
    unsaved.base?.etag === server.etag ||
    (unsaved.sent !== undefined && sameDocument(unsaved.sent, server.graph)) ||
    (known.base !== undefined && sameDocument(known.base, server.graph));
  if (theirsIsOurs) return opened(known, unsaved.document, { ...here, state: "local" }, { from: unsaved });
  const conflict = { theirs: server, base: known.base };
  return opened(known, unsaved.document, { ...unsaved.base, state: "conflict", conflict }, { from: unsaved });
}

function opened(known: Known, graph: Graph, save: SaveState, { from }: { from?: Draft }): Opening {
  const { id, tab, drafts, server } = known;
  const dirty = from?.dirty ?? false;
  const onServer = server === undefined || server === "unreachable" ? undefined : server.graph;
  const aside = drafts
    .filter((draft) => draft !== from && (draft.dirty || server === undefined))
    .filter(({ document }) => !sameDocument(document, graph) && !(onServer && sameDocument(document, onServer)))
    .map(asideOf);
  const base = save.state === "conflict" ? from?.base : baseOf(save);
  // Only while the server stands where it stood can what was sent still be on its way.
  const open = dirty && from?.sent && (!onServer || from.base?.etag === save.etag) ? from.sent : undefined;
  const sent = open && sameDocument(open, graph) ? graph : open;
  const own: Draft | undefined =
    from || onServer ? { id, tab, document: graph, base, dirty, sent, at: from?.at ?? 0 } : undefined;
  const gone = drafts.flatMap((draft) => (draft.tab === tab ? [] : [draft.tab]));
  return { graph, save, dirty, sent, takeOver: own || gone.length > 0 ? { own, gone, aside } : undefined };
}

const asideOf = (draft: Draft): Omit<KeptCopy, "copy"> => ({
  id: draft.id,
  document: draft.document,
  base: draft.base,
  why: draft.dirty ? "Left unsaved in another tab" : "The last version before it was deleted elsewhere",
  at: draft.at,
});

const baseOf = ({ revision, etag }: SaveState): Draft["base"] =>
  revision === undefined || etag === undefined ? undefined : { revision, etag };
