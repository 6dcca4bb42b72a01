import type { RunServer } from "#lib/client/editor/running/run-server.ts";
import { createEditor, type Editor } from "#lib/client/editor/store.ts";
import type { RunSource, RunView } from "#lib/client/watch-run.ts";
import { EMPTY_RUN, foldEvents } from "#lib/engine/fold.ts";
import type { RunEvent } from "#lib/protocol/events.ts";
import { Graph } from "#lib/protocol/graph.ts";
import type { EstimateAnswer } from "#lib/protocol/http.ts";
import type { RunDocument, RunStatus } from "#lib/protocol/run.ts";
import type { NodeTake } from "#lib/protocol/takes.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

/** words → hero → dusk, and words → winter. */
export const aGraph = (change: Record<string, object> = {}): Graph =>
  Graph.parse({
    id: "g",
    name: "G",
    nodes: [
      { id: "words", type: "prompt", config: { text: "a kite" } },
      { id: "hero", type: "generate" },
      { id: "dusk", type: "edit" },
      { id: "winter", type: "generate" },
    ].map((node) => ({ ...node, ...change[node.id] })),
    edges: [
      { id: "e1", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
      { id: "e2", source: "hero", sourceHandle: "image", target: "dusk", targetHandle: "image" },
      { id: "e3", source: "words", sourceHandle: "text", target: "dusk", targetHandle: "instruction" },
      { id: "e4", source: "words", sourceHandle: "text", target: "winter", targetHandle: "prompt" },
    ],
  });

export const anEditor = (graph = aGraph()): Editor => createEditor(graph, { registry: createRegistry(NODES) });

export const aDocument = (seq = 0, status: RunStatus = "running", more: Partial<RunDocument> = {}): RunDocument => ({
  runId: "r",
  status,
  graphId: "g",
  graphName: "G",
  revision: "h",
  nodes: aGraph().nodes.map(({ id, type }) => ({ id, type })),
  inputs: {},
  outputs: {},
  steps: [],
  calls: [],
  files: [],
  costUsd: 0,
  paidCalls: 0,
  budgetUsd: 5,
  simulated: false,
  createdAt: 0,
  seq,
  ...more,
});

/** Events as they come, numbered from 1 and a second apart. */
export const events = (...bodies: object[]): RunEvent[] =>
  bodies.map((body, index) => ({ seq: index + 1, at: (index + 1) * 1000, runId: "r", ...body }) as RunEvent);

export const aView = (
  happened: RunEvent[],
  document: Partial<RunDocument> = {},
  more: Partial<RunView> = {},
): RunView => ({
  document: aDocument(0, "running", document),
  live: foldEvents(happened, EMPTY_RUN),
  partials: new Map(),
  connection: "live",
  ...more,
});

export const aTake = (more: Partial<NodeTake> = {}): Omit<NodeTake, "nodeId"> => ({
  key: "k1",
  runId: "r",
  pass: 0,
  items: 1,
  take: 1,
  at: 1,
  cached: false,
  costUsd: 0.1,
  outputs: { text: [{ kind: "text", text: "take" }] },
  recipes: [],
  ...more,
});

export const anEstimate = (more: Partial<EstimateAnswer> = {}): EstimateAnswer => ({
  costUsd: 0,
  calls: 0,
  cachedNodes: 0,
  nodes: [],
  simulated: false,
  problems: [],
  ...more,
});

/** A server in miniature with a clock of its own: what is asked is kept, time moves when a test says so. */
export function aServer(answers: Partial<RunServer> = {}) {
  let now = 0;
  const timers = new Set<{ due: number; callback(): void }>();
  const asked: { started: { key: string; to?: readonly string[]; graph: Graph }[]; estimated: Graph[]; takes: number } =
    {
      started: [],
      estimated: [],
      takes: 0,
    };
  const documents = new Map<string, RunDocument>();
  const streams: { runId: string; after: number; on: Parameters<RunSource["open"]>[1] }[] = [];
  const later: RunServer["later"] = (ms, callback) => {
    const timer = { due: now + ms, callback };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const server: RunServer = {
    newestRun: async () => undefined,
    async takes() {
      asked.takes += 1;
      return { takes: [] };
    },
    async estimate(graph) {
      asked.estimated.push(graph);
      return anEstimate();
    },
    async start({ graph, to }, key) {
      const known = asked.started.findIndex((one) => one.key === key);
      if (known >= 0) return `r${known + 1}`;
      asked.started.push({ key, to, graph });
      return `r${asked.started.length}`;
    },
    cancel: async () => {},
    source: (runId) => ({
      load: async () => documents.get(runId) ?? aDocument(0, "queued", { runId }),
      open(after, on) {
        streams.push({ runId, after, on });
        return () => {};
      },
      later,
    }),
    later,
    now: () => now,
    ...answers,
  };
  return {
    server,
    asked,
    documents,
    streams,
    settle,
    /** Lets time pass; what falls due is called in order. */
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.due);
        next.callback();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
