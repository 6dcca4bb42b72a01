import type { Graph } from "#lib/protocol/graph.ts";
import type { ArchiveRow, CallRow, Journal, ResultRow, RunRow, StepRecord } from "#lib/runtime/ports.ts";

/** Small valid rows for tests; each says only what its test is about. */
export const digest = (seed: string): string => seed.repeat(64).slice(0, 64);
export const asset = (seed: string): string => `sha256:${digest(seed)}`;

export const aGraph = (id: string, name = "Sneaker hero"): Graph => ({
  format: "throughline/graph",
  version: 1,
  id,
  name,
  inputs: [],
  nodes: [],
  edges: [],
  frames: [],
});

export const aRun = (id: string, over: Partial<RunRow> = {}) => ({
  id,
  graphHash: "graph-hash",
  graphId: "sneaker-hero",
  graphName: "Sneaker hero",
  params: { inputs: { product: "trail sneaker" }, inDoubt: "hold" as const },
  status: "queued" as const,
  priority: 0,
  budgetMicro: 5_000_000,
  simulated: true,
  createdAt: 1_000,
  ...over,
});

export const aStep = (nodeId: string, over: Partial<StepRecord> = {}): StepRecord => ({
  nodeId,
  pass: 0,
  state: "running",
  cached: false,
  why: "first time",
  items: [{ index: 0, state: "running", cached: false }],
  calls: 0,
  costMicro: 0,
  ...over,
});

export const aResult = (key: string, runId: string, over: Partial<ResultRow> = {}): ResultRow => ({
  key,
  outputs: { text: [{ kind: "text", text: key }] },
  runId,
  nodeId: "hero",
  costMicro: 0,
  createdAt: 1_000,
  ...over,
});

type Intent = Omit<CallRow, "epoch" | "state" | "costMicro" | "estimated">;
export const aCall = (runId: string, key: string, over: Partial<Intent> = {}): Intent => ({
  key,
  runId,
  nodeId: "hero",
  pass: 0,
  item: 0,
  itemKey: "item-key",
  slot: 0,
  attempt: 1,
  provider: "simulator",
  lane: "conversation",
  model: "gpt-image",
  requestHash: "request-hash",
  request: { prompt: "a sneaker" },
  reservedMicro: 100_000,
  createdAt: 1_000,
  ...over,
});

export const anEntry = (id: string, over: Partial<ArchiveRow> = {}): ArchiveRow => ({
  id,
  runId: "run-1",
  nodeId: "archive",
  pass: 0,
  item: 0,
  position: 0,
  name: `${id}.png`,
  asset: asset("a"),
  mediaType: "image/png",
  tags: [],
  record: {},
  createdAt: 1_000,
  ...over,
});

export const noCaps = { runMicro: null, dayMicro: null, dayStart: 0 };
export const skipped = (nodeId: string) => ({ type: "step.skipped", nodeId, pass: 0, why: "no items" }) as const;

/** A run that is stored, claimed by "worker" and held for a minute; gives its epoch. */
export async function held(journal: Journal, id: string, over: Partial<RunRow> = {}): Promise<number> {
  await journal.putGraph(aGraph("sneaker-hero"), "graph-hash");
  await journal.createRun(aRun(id, over));
  const run = await journal.claim("worker", 60_000, id);
  return run!.epoch;
}
