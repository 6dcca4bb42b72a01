import { createHash } from "node:crypto";
import type { RunEvent } from "#lib/protocol/events.ts";
import { StepError } from "#lib/protocol/failure.ts";
import { Graph } from "#lib/protocol/graph.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { InvalidError, problem } from "#lib/protocol/problems.ts";
import type { RunDocument, RunStatus } from "#lib/protocol/run.ts";
import type { GraphRevision } from "#lib/runtime/ports.ts";
import type { StartRun, Studio } from "#lib/runtime/studio-api.ts";

type Held = { doc: RunDocument; events: RunEvent[]; wake: Set<() => void> };

/** Parts of the product that have tests with a real studio instead. */
type NotFaked =
  | "exports"
  | "templates"
  | "bundles"
  | "batches"
  | "library"
  | "hooks"
  | "schedules"
  | "secrets"
  | "money";

/** A studio in memory for tests of the HTTP side: it keeps what it is told and moves only when a test pushes it. */
export type FakeStudio = Studio & {
  started: StartRun[];
  uploads: Uint8Array[];
  /** Adds an event and moves the run's status when the event says so. */
  push(runId: string, event: Record<string, unknown> & { type: string }, status?: RunStatus): void;
  /** Event readers that are open right now. */
  readonly readers: number;
  fail: Error | undefined;
};

const ended = new Set<RunStatus>(["succeeded", "failed", "cancelled", "paused"]);

export function createFakeStudio(): FakeStudio {
  const runs = new Map<string, Held>();
  const keys = new Map<string, string>();
  const graphs = new Map<string, GraphRevision[]>();
  const notes = new Map<string, Record<string, unknown>>();
  const assets = new Map<string, { bytes: Buffer; mediaType: string }>();
  let readers = 0;
  const read = (graph: unknown): Graph => {
    const size = graph as { nodes?: unknown[]; edges?: unknown[] };
    if ((size.nodes?.length ?? 0) > LIMITS.nodes || (size.edges?.length ?? 0) > LIMITS.edges)
      throw new InvalidError([
        problem(
          "GRAPH_TOO_LARGE",
          `${size.nodes?.length} nodes, ${size.edges?.length} edges; the limit is 500 and 2000.`,
        ),
      ]);
    const parsed = Graph.safeParse(graph);
    if (!parsed.success) throw new InvalidError([problem("BAD_GRAPH", "This is not a graph.")]);
    return parsed.data;
  };
  const studio: Omit<FakeStudio, NotFaked> = {
    simulated: true,
    started: [],
    uploads: [],
    fail: undefined,
    get readers() {
      return readers;
    },
    push(runId, event, status) {
      const run = runs.get(runId);
      if (!run) throw new Error(`no run ${runId}`);
      const transient = event.type === "step.partial" || event.type === "step.progress";
      const seq = transient ? undefined : run.events.filter((e) => e.seq !== undefined).length + 1;
      run.events.push({ ...event, runId, at: seq ?? 0, seq } as RunEvent);
      run.doc.seq = seq ?? run.doc.seq;
      run.doc.status = status ?? run.doc.status;
      for (const wake of run.wake) wake();
    },
    async check(graph) {
      return { graph: read(graph), problems: [] };
    },
    async startRun(request) {
      if (studio.fail) throw studio.fail;
      const known = request.idempotencyKey && keys.get(request.idempotencyKey);
      if (known) return { runId: known, created: false };
      const graph = read(request.graph);
      studio.started.push(request);
      const runId = `run-${runs.size + 1}`;
      if (request.idempotencyKey) keys.set(request.idempotencyKey, runId);
      const doc: RunDocument = {
        runId,
        status: "queued",
        graphId: graph.id,
        graphName: graph.name,
        revision: "r",
        inputs: {},
        outputs: {},
        steps: [],
        calls: [],
        files: [],
        costUsd: 0,
        paidCalls: 0,
        budgetUsd: 5,
        simulated: true,
        createdAt: 0,
        seq: 0,
      };
      runs.set(runId, { doc, events: [], wake: new Set() });
      return { runId, created: true };
    },
    drive: async (runId) => runs.get(runId)?.doc.status ?? "failed",
    async estimate() {
      if (studio.fail) throw studio.fail;
      return { costUsd: 0, calls: 0, cachedNodes: 0, nodes: [], simulated: true, problems: [] };
    },
    run: async (runId) => structuredClone(runs.get(runId)?.doc),
    takes: async () => ({ takes: [] }),
    stories: async () => undefined,
    continuity: async () => undefined,
    scorecard: async () => ({ rows: [], runs: 0 }),
    graphOfRun: async () => undefined,
    async listRuns({ limit, before, status, graphId }) {
      const all = [...runs.values()].map((r) => r.doc).reverse();
      const from = before === undefined ? 0 : all.findIndex((r) => r.runId === before) + 1;
      const page = all
        .slice(from)
        .filter(
          (r) => (status === undefined || r.status === status) && (graphId === undefined || r.graphId === graphId),
        );
      return { runs: page.slice(0, limit), next: page.length > limit ? page[limit - 1]?.runId : undefined };
    },
    async *events(runId, afterSeq, signal) {
      const run = runs.get(runId);
      if (!run) return;
      readers += 1;
      let at = run.events.findIndex((e) => (e.seq ?? 0) > afterSeq);
      if (at < 0) at = run.events.length;
      let wake = () => {};
      const ring = () => wake();
      run.wake.add(ring);
      signal?.addEventListener("abort", ring);
      try {
        while (!signal?.aborted) {
          for (; at < run.events.length; at += 1) yield run.events[at] as RunEvent;
          if (ended.has(run.doc.status) || run.doc.status === "waiting") return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        readers -= 1;
        run.wake.delete(ring);
      }
    },
    async cancel(runId) {
      const run = runs.get(runId);
      if (run && !ended.has(run.doc.status))
        studio.push(runId, { type: "run.ended", status: "cancelled" }, "cancelled");
      return run?.doc.status;
    },
    async resume(runId) {
      const run = runs.get(runId);
      if (!run) return "unknown";
      if (run.doc.status === "succeeded") return "nothing-left";
      if (run.doc.status === "waiting") return "waiting";
      if (run.doc.status === "running") return "live";
      run.doc.status = "queued";
      return "queued";
    },
    async answer(runId, nodeId) {
      const run = runs.get(runId);
      if (!run || nodeId === "nobody") return "unknown";
      if (run.doc.status !== "waiting") return "not-waiting";
      run.doc.status = "running";
      return "answered";
    },
    reviews: async () => ({ reviews: [], total: 0 }),
    review: async () => undefined,
    notes: {
      getNote: async (kind, id) => notes.get(`${kind} ${id}`),
      putNote: async (kind, id, value) => void notes.set(`${kind} ${id}`, value),
      listNotes: async () => [],
    },
    async upload(bytes) {
      if (bytes.length === 0) throw new StepError("EMPTY_FILE", "The file is empty.");
      if (bytes[0] === 0x3c) throw new StepError("UNSUPPORTED_IMAGE_TYPE", "PNG, JPEG or WebP, please.");
      studio.uploads.push(bytes);
      const asset = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
      const known = assets.has(asset);
      assets.set(asset, { bytes: Buffer.from(bytes), mediaType: bytes[0] === 0x7b ? "text/html" : "image/png" });
      return { asset, width: 4, height: 3, mediaType: "image/png", known };
    },
    async uploadLut(bytes) {
      if (!Buffer.from(bytes).toString().includes("LUT_3D_SIZE")) throw new StepError("LUT_INVALID", "Not a table.");
      const asset = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
      const known = assets.has(asset);
      assets.set(asset, { bytes: Buffer.from(bytes), mediaType: "text/x-cube" });
      return { asset, known, cubic: true, size: 2 };
    },
    async uploadFrom() {
      throw new StepError("URL_FAILED", "This studio fetches nothing.");
    },
    asset: async (asset) => assets.get(asset),
    assetPath: () => undefined,
    async thumbnail(asset, width) {
      return assets.has(asset)
        ? { bytes: Buffer.from(`thumb ${width}`), width, height: width, mediaType: "image/webp" }
        : undefined;
    },
    async saveGraph(id, graph, ifMatch) {
      const doc = { ...read(graph), id };
      const all = graphs.get(id) ?? [];
      const current = all.at(-1);
      if (current && ifMatch === undefined) return { needsMatch: current };
      if (current && current.etag !== ifMatch) return { conflict: current };
      const revision = all.length + 1;
      const saved = {
        id,
        revision,
        etag: `e${revision}`,
        hash: `h${revision}`,
        name: doc.name,
        graph: doc,
        createdAt: 0,
      };
      graphs.set(id, [...all, saved]);
      return { saved, created: current === undefined };
    },
    graph: async (id, revision) => (revision === undefined ? graphs.get(id)?.at(-1) : graphs.get(id)?.[revision - 1]),
    async listGraphs({ limit, after }) {
      const rows = [...graphs.values()]
        .map((all) => ({ ...(all.at(-1) as GraphRevision), updatedAt: 0 }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      return rows.filter((r) => after === undefined || r.id > after).slice(0, limit);
    },
    revisions: async (id, { limit, before }) =>
      (graphs.get(id) ?? [])
        .filter(({ revision }) => before === undefined || revision < before)
        .reverse()
        .slice(0, limit)
        .map(({ revision, etag, name, graph, createdAt }) => ({
          revision,
          etag,
          name,
          nodes: graph.nodes.length,
          savedAt: createdAt,
        })),
    deleteGraph: async (id) => graphs.delete(id),
    archive: async () => [],
    catalogue: {
      search: async () => ({ entries: [] }),
      records: async () => new Map(),
      entry: async () => undefined,
    } as unknown as Studio["catalogue"],
    exportRun: async () => [],
    fsck: async () => ({ ok: true, assets: 0, bytes: 0, results: 0, problems: [] }),
    gc: async () => ({ deleted: 0, bytes: 0, kept: 0 }),
    health: async () => ({ status: "ok", problems: [], simulated: true, queued: 0, running: 0 }),
    storage: async () => ({ assets: assets.size, bytes: 0 }),
    metrics: async () => ({ runs: { queued: 0, running: 0 }, spentTodayUsd: 0, callsInFlight: 0 }),
    startWorker() {},
    async stop() {},
  };
  return studio as FakeStudio;
}
