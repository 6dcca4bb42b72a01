import type { DraftStore } from "./draft-store.ts";
import type { GraphServer } from "./graph-server.ts";
import type { Tabs } from "./tabs.ts";

/** Time, for what waits. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs something once, later (ms); gives the way to call it off. */
  after(ms: number, run: () => void): () => void;
};

/** What the page tells: it is about to go, or it is back (seen again, online again, woken up). */
export type PageSignals = { onHide(run: () => void): () => void; onReturn(run: () => void): () => void };

/** All that keeping a document safe needs from the world. */
export type KeeperPorts = {
  clock: Clock;
  store: DraftStore;
  server: GraphServer;
  tabs: Tabs;
  signals: PageSignals;
  tab: string;
};
