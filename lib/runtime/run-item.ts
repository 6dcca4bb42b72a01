import { StepError } from "../protocol/failure.ts";
import type { Outputs, Value } from "../protocol/values.ts";
import type { DeliveryRequest } from "../sdk/context.ts";
import { type AnyNode, isPause, type Pause } from "../sdk/define-node.ts";
import { durationMs } from "../sdk/duration.ts";
import type { ImageTools } from "../sdk/image-tools.ts";
import type { CallScope, LedgerPorts } from "./call-scope.ts";
import { sheetShelf } from "./library/sheet-shelf.ts";
import { createLiveModel } from "./live-model.ts";
import { type ContextParts, createNodeContext, type ItemFacts } from "./node-context.ts";
import { type ArchiveRow, AssetMissing, DiskFull, Fenced, type ResultRow } from "./ports.ts";
import type { ItemOutcome, PreparedItem } from "./step-run.ts";
import { InDoubt, Paused, Stopped } from "./step-signals.ts";

/** Items being made in this process, by key: an identical one joins instead of paying again. */
export type Flights = Map<string, Promise<ItemOutcome>>;

export type ItemPorts = LedgerPorts & {
  flights: Flights;
  imageTools(about: { node: string; type: string; run: string }): ImageTools;
  /** Runs pixel work a few at a time, so that memory stays bounded. */
  local<T>(work: () => Promise<T>): Promise<T>;
  logError(message: string, error: unknown): void;
  /** Sends results as a signed message; left out where nothing may leave. */
  deliver?(
    facts: ItemFacts,
    position: number,
    request: DeliveryRequest,
    signal: AbortSignal,
    progress: (message: string) => void,
  ): Promise<{ id: string; status: number }>;
};

export type ItemJob = {
  definition: AnyNode;
  config: Record<string, unknown>;
  item: PreparedItem;
  facts: ItemFacts;
  scope: CallScope;
  /** True when the run owns the item already and the cache was asked. What another run finished in between, the ledger knows. */
  claimed: boolean;
  roomFor: ContextParts["roomFor"];
  /** Present when a waiting item is answered: `resume` runs instead of `run`. */
  answer?: { value: unknown };
  progress(message: string, fraction?: number): void;
  keepEntry(entry: ArchiveRow): void;
};

/** How often another process's work on the same item is looked at (ms). */
const ELSEWHERE_POLL_MS = 150;

/** Runs one item to its outcome; never throws but for Fenced. Model items are shared while in flight and stored as soon as they are made. */
export async function runItem(ports: ItemPorts, job: ItemJob): Promise<ItemOutcome> {
  if (job.definition.effect !== "model" || job.answer) return await attempt(ports, job);
  const { key } = job.item;
  const flying = ports.flights.get(key);
  if (flying) {
    const outcome = await flying.catch(() => undefined);
    if (outcome?.state === "done")
      return { ...outcome, cached: true, from: "the same item in flight", unsaved: undefined };
    if (outcome?.state === "failed") return outcome;
    return await runItem(ports, { ...job, claimed: false });
  }
  const flight = fly(ports, job).finally(() => ports.flights.delete(key));
  ports.flights.set(key, flight);
  flight.catch(() => {});
  return await flight;
}

async function fly(ports: ItemPorts, job: ItemJob): Promise<ItemOutcome> {
  const { journal, clock } = ports;
  const { key } = job.item;
  const { runId, epoch, nodeId, stop } = job.scope;
  if (!job.claimed) {
    while ((await journal.claimItems([key], runId, epoch)).length > 0) {
      try {
        await clock.sleep(ELSEWHERE_POLL_MS, stop);
      } catch {
        return stopped;
      }
    }
    const known = (await journal.results([key])).get(key);
    if (known) {
      await journal.releaseItems(runId, [key]);
      return fromResult(known, runId);
    }
  }
  let costMicro = 0;
  const commits: Promise<void>[] = [];
  const scope = {
    ...job.scope,
    spent: (cost: number) => {
      costMicro += cost;
      job.scope.spent(cost);
    },
    // The only item of its step settles it at once: one commit holds both.
    committed: async (commit: Promise<void>) => {
      commits.push(commit);
      // Looked at below; until then a failure must not count as unhandled.
      commit.catch(() => {});
    },
  };
  const outcome = await attempt(ports, { ...job, scope });
  const alone = outcome.state === "done" && job.facts.item.count === 1;
  // Otherwise left to the step's own commit, which fails with them.
  if (!alone) await Promise.all(commits);
  if (outcome.state !== "done") {
    await journal.releaseItems(runId, [key]);
    return outcome;
  }
  if (outcome.onlyHere) {
    await Promise.all(commits);
    await journal.releaseItems(runId, [key]);
    return outcome;
  }
  const { outputs, warnings, rehydrated } = outcome;
  const row: ResultRow = { key, outputs, warnings, rehydrated, runId, nodeId, costMicro, createdAt: clock.now() };
  if (alone) return { ...outcome, unsaved: row };
  // Its siblings may take long.
  await journal.write(runId, epoch, { results: [row] });
  return outcome;
}

/** A stored result as an outcome; what this very run made before an interruption does not count as cached. */
export const fromResult = (row: ResultRow, runId: string): ItemOutcome => ({
  state: "done",
  outputs: row.outputs,
  cached: row.runId !== runId,
  from: row.runId,
  warnings: row.warnings ?? [],
  rehydrated: row.rehydrated === true,
});

const stopped: ItemOutcome = {
  state: "cancelled",
  error: { code: "cancelled", message: "The run was stopped before this was done." },
};

async function attempt(ports: ItemPorts, job: ItemJob): Promise<ItemOutcome> {
  const { definition, facts, scope, item } = job;
  if (scope.stop.aborted) return stopped;
  const warnings: string[] = [];
  let rehydrated = false;
  let onlyHere = false;
  const warn = (message: string) => void warnings.push(message);
  const about = { node: facts.node.id, type: facts.node.type, run: facts.run.id };
  const { deliver } = ports;
  const ctx = createNodeContext(facts, {
    sheets: sheetShelf(ports.journal.library),
    assets: ports.assets,
    images: ports.imageTools(about),
    model: createLiveModel(ports, {
      ...scope,
      about,
      warn,
      rehydrated: () => {
        rehydrated = true;
      },
    }),
    signal: scope.stop,
    now: ports.clock.now,
    warn,
    progress: job.progress,
    keepEntry: job.keepEntry,
    deliver: deliver && ((position, request) => deliver(facts, position, request, scope.stop, job.progress)),
    roomFor: job.roomFor,
    forThisRun: () => {
      onlyHere = true;
    },
  });
  try {
    const work = async () =>
      job.answer && definition.resume
        ? await definition.resume(ctx, { inputs: item.inputs, answer: readAnswer(job) }, job.config)
        : await definition.run(ctx, item.inputs, job.config);
    const result = definition.effect === "pure" ? await ports.local(work) : await work();
    if (isPause(result)) return waitingFor(result);
    const outputs = asLists(result, definition);
    return { state: "done", outputs, cached: false, warnings, rehydrated, ...(onlyHere ? { onlyHere } : {}) };
  } catch (error) {
    return outcomeOf(error, ports);
  }
}

/** An answer that was set long ago, perhaps by a time limit, is read as one that comes in. */
function readAnswer({ definition, answer }: ItemJob): unknown {
  const parsed = definition.answer?.safeParse(answer?.value);
  if (parsed?.success === false)
    throw new StepError(
      "BAD_ANSWER",
      "The answer does not say what this step needs to know. Resume to be asked again.",
    );
  return parsed ? parsed.data : answer?.value;
}

const waitingFor = ({ question, about, timeout, otherwise }: Pause): ItemOutcome => ({
  state: "waiting",
  question,
  ...(about ? { about } : {}),
  ...(timeout === undefined ? {} : { timeoutMs: durationMs(timeout), otherwise }),
});

function asLists(result: Record<string, unknown>, definition: AnyNode): Outputs {
  const outputs: Outputs = {};
  for (const [port, given] of Object.entries(result)) {
    if (given === undefined || !(port in definition.outputs)) continue;
    const list = (Array.isArray(given) ? given : [given]) as Value[];
    if (list.length > 0) outputs[port] = list;
  }
  return outputs;
}

function outcomeOf(error: unknown, ports: ItemPorts): ItemOutcome {
  if (error instanceof Fenced) throw error;
  if (error instanceof Stopped) return stopped;
  if (error instanceof Paused) return { state: "queued", error: { code: error.reason, message: error.message } };
  if (error instanceof DiskFull) return { state: "queued", error: { code: "disk", message: error.message } };
  if (error instanceof InDoubt)
    return { state: "in_doubt", error: { code: "in_doubt", message: error.message, details: { call: error.callKey } } };
  if (error instanceof StepError)
    return {
      state: "failed",
      error: { code: error.code, message: error.message, requestId: error.requestId, details: error.details },
    };
  if (error instanceof AssetMissing)
    return { state: "failed", error: { code: "ASSET_MISSING", message: error.message } };
  ports.logError("A node failed in a way it did not foresee.", error);
  return {
    state: "failed",
    error: {
      code: "internal",
      message: "This node failed unexpectedly. The log holds the details; running again may help.",
    },
  };
}
