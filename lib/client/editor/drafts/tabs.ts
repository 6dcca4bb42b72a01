/** News between the tabs of one graph. */
export type TabNews = { saved: { revision: number; etag: string } };

/** How the tabs of this browser that show one graph hear of each other. */
export type Tabs = {
  tell(news: TabNews): void;
  /** Gives the way to stop listening. */
  listen(on: (news: TabNews) => void): () => void;
  /** Says that this tab has the graph open; gives the way to let go. The browser lets go by itself when the tab ends, however it ends. */
  hold(tab: string): () => void;
  /** Tabs that have the graph open now, this one included when it holds it. */
  open(): Promise<ReadonlySet<string>>;
};

/** Tabs over BroadcastChannel and Web Locks; a browser that has not got them has one tab. */
export function createTabs(id: string): Tabs {
  const prefix = `throughline-graph:${id}:`;
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  let channel: BroadcastChannel | undefined;
  return {
    tell(news) {
      try {
        channel?.postMessage(news);
      } catch {
        // Closed meanwhile: nobody listens here any more, and the others ask the server anyway.
      }
    },
    listen(on) {
      if (typeof BroadcastChannel === "undefined") return () => {};
      const mine = new BroadcastChannel(`throughline-graph:${id}`);
      mine.onmessage = (event: MessageEvent<TabNews>) => on(event.data);
      channel = mine;
      return () => mine.close();
    },
    hold(tab) {
      let release = () => {};
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      void locks?.request(prefix + tab, { mode: "shared" }, () => until).catch(() => {});
      return release;
    },
    async open() {
      const held = (await locks?.query().catch(() => undefined))?.held ?? [];
      return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
    },
  };
}
