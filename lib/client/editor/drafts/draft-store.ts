import type { Graph } from "../../../protocol/graph.ts";

/** What the browser calls the database of drafts. */
export const DRAFTS = "throughline-drafts";

/** What a tab has made of a graph, written on every change. One for each graph and tab, so that two tabs never write over each other. */
export type Draft = {
  /** The graph. */
  id: string;
  /** The tab that writes it: a random word, new with every page. */
  tab: string;
  document: Graph;
  /** The server's revision it stands on; absent while the server knows nothing of the graph. */
  base?: { revision: number; etag: string };
  /** Holds something the server does not have. */
  dirty: boolean;
  /** Sent to the server and not answered yet: it may be there or not. */
  sent?: Graph;
  /** Epoch milliseconds of the last change. */
  at: number;
};

/** A version nobody chose, set aside so that nothing is ever lost. */
export type KeptCopy = {
  copy: number;
  id: string;
  document: Graph;
  base?: { revision: number; etag: string };
  /** Why it was set aside, in words. */
  why: string;
  /** Epoch milliseconds. */
  at: number;
};

/** Where a graph was last looked at; belongs to the person, not to the document. Pixels of the canvas' origin, 1 = 100 %. */
export type KeptView = { x: number; y: number; zoom: number };

/** What a tab does with the drafts of tabs that are gone: all in one step, so that a crash leaves either all or nothing done. */
export type TakeOver = {
  /** Written as this tab's own draft. */
  own?: Draft;
  /** Tabs whose drafts go. */
  gone: readonly string[];
  /** Set aside first. */
  aside: readonly Omit<KeptCopy, "copy">[];
};

/** Where drafts are kept. Every method rejects with DraftsUnavailable when this browser does not keep them (now). */
export type DraftStore = {
  /** The drafts of a graph, the newest first. */
  drafts(id: string): Promise<Draft[]>;
  /** Writes a tab's draft; resolves when it would survive the end of the tab. */
  write(draft: Draft): Promise<void>;
  takeOver(id: string, change: TakeOver): Promise<void>;
  /** Sets a version aside; gives the number of the copy. */
  setAside(copy: Omit<KeptCopy, "copy">): Promise<number>;
  /** Copies of a graph, the newest first. */
  copies(id: string): Promise<KeptCopy[]>;
  forgetCopy(copy: number): Promise<void>;
  view(id: string): Promise<KeptView | undefined>;
  writeView(id: string, view: KeptView): Promise<void>;
};

/** Drafts cannot be kept. `message` is a sentence for people. */
export class DraftsUnavailable extends Error {
  readonly reason: "missing" | "full" | "newer" | "failed";
  constructor(reason: DraftsUnavailable["reason"]) {
    super(SAYS[reason]);
    this.name = "DraftsUnavailable";
    this.reason = reason;
  }
}

const SAYS = {
  missing:
    "This browser keeps no drafts here (a private window, perhaps). What the server has not saved is gone with this tab.",
  full: "This browser has no room for drafts. What the server has not saved is gone with this tab.",
  newer:
    "The drafts in this browser belong to a newer version of Throughline. They are left as they are; reload the page to use it.",
  failed: "This browser could not write the draft. What the server has not saved is gone with this tab.",
} as const;
