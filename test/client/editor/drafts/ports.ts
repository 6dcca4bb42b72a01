import type { GraphServer } from "#lib/client/editor/drafts/graph-server.ts";
import type { Clock, KeeperPorts, PageSignals } from "#lib/client/editor/drafts/keeper-ports.ts";
import { createMemoryStore } from "#lib/client/editor/drafts/memory-store.ts";
import type { TabNews, Tabs } from "#lib/client/editor/drafts/tabs.ts";
import type { GraphVersion } from "#lib/client/editor/state.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { Graph as GraphSchema } from "#lib/protocol/graph.ts";

/** A document with text nodes, by id and text. */
export const aGraph = (texts: Record<string, string>, name = "Hero"): Graph =>
  GraphSchema.parse({
    id: "g",
    name,
    nodes: Object.entries(texts).map(([id, text]) => ({ id, type: "text", config: { text } })),
  });

/** Time that moves when it is told to; what is due runs in its order, and everything it starts settles before the next. */
export function createTestClock(): Clock & { pass(ms: number): Promise<void> } {
  let now = 1_000_000;
  let n = 0;
  const due = new Map<number, { at: number; run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      n += 1;
      const key = n;
      due.set(key, { at: now + ms, run });
      return () => due.delete(key);
    },
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...due].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!next) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].run();
        await settle();
      }
      now = end;
    },
  };
}

/** Lets everything run that waits for nothing but itself. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export type TestServer = GraphServer & {
  revisionsOf: Map<string, GraphVersion[]>;
  /** Saves asked for, in order. */
  asked: { graph: Graph; etag: string | undefined }[];
  /** What happens to the next requests: "down" nobody is there, "lost" it is done but the answer is lost. */
  trouble: "down" | "lost" | { refuse: string } | undefined;
  /** Holds saves back until it is called. */
  hold(): () => void;
  newest(id?: string): GraphVersion | undefined;
};

/** A server in memory with the rules of the real one. */
export function createTestServer(): TestServer {
  const all = new Map<string, GraphVersion[]>();
  let gate: Promise<void> | undefined;
  const down = () => {
    if (server.trouble === "down") throw new TypeError("fetch failed");
  };
  const server: TestServer = {
    revisionsOf: all,
    asked: [],
    trouble: undefined,
    hold() {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = () => {
          gate = undefined;
          resolve();
        };
      });
      return open;
    },
    newest: (id = "g") => all.get(id)?.at(-1),
    async load(id, revision) {
      down();
      const list = all.get(id);
      return revision === undefined ? list?.at(-1) : list?.find((one) => one.revision === revision);
    },
    async news(id, etag) {
      down();
      const found = all.get(id)?.at(-1);
      return found?.etag === etag ? "same" : found;
    },
    async save(id, graph, etag) {
      server.asked.push({ graph, etag });
      await gate;
      down();
      if (typeof server.trouble === "object") return { refused: server.trouble.refuse };
      const list = all.get(id) ?? [];
      const current = list.at(-1);
      if (current && current.etag !== etag) return { conflict: structuredClone(current) };
      const revision = list.length + 1;
      const saved = { revision, etag: `e${revision}` };
      all.set(id, [...list, { ...saved, graph: structuredClone({ ...graph, id }) }]);
      if (server.trouble === "lost") throw new TypeError("fetch failed");
      return { saved };
    },
    async revisions(id) {
      down();
      return {
        revisions: (all.get(id) ?? []).map(({ revision, etag, graph }) => ({
          revision,
          etag,
          name: graph.name,
          nodes: graph.nodes.length,
          savedAt: 0,
        })),
      };
    },
  };
  return server;
}

/** Tabs that hear each other at once, as long as they share a `browser`. */
export function createTestBrowser(): { tabs(): Tabs } {
  const listeners = new Set<{ owner: object; on(news: TabNews): void }>();
  const held = new Set<string>();
  return {
    tabs: () => {
      const owner = {};
      return {
        tell(news) {
          for (const one of listeners) if (one.owner !== owner) one.on(news);
        },
        listen(on) {
          const one = { owner, on };
          listeners.add(one);
          return () => void listeners.delete(one);
        },
        hold(tab) {
          held.add(tab);
          return () => held.delete(tab);
        },
        open: async () => new Set(held),
      };
    },
  };
}

/** A page that hides and comes back when a test says so. */
export function createTestSignals(): PageSignals & { hide(): void; comeBack(): void } {
  const [hides, returns] = [new Set<() => void>(), new Set<() => void>()];
  const on = (set: Set<() => void>) => (run: () => void) => {
    set.add(run);
    return () => void set.delete(run);
  };
  return {
    onHide: on(hides),
    onReturn: on(returns),
    hide: () => {
      for (const run of hides) run();
    },
    comeBack: () => {
      for (const run of returns) run();
    },
  };
}

/** Everything a keeper needs, in memory. */
export function createTestPorts(tab = "tab-1", parts: Partial<KeeperPorts> = {}) {
  const [clock, server, signals] = [createTestClock(), createTestServer(), createTestSignals()];
  const store = createMemoryStore();
  return { clock, server, store, signals, tabs: createTestBrowser().tabs(), tab, ...parts } as KeeperPorts & {
    clock: ReturnType<typeof createTestClock>;
    server: TestServer;
    signals: ReturnType<typeof createTestSignals>;
  };
}
