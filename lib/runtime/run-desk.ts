import { StepError } from "../protocol/failure.ts";
import { LIMITS } from "../protocol/limits.ts";
import { toUsd } from "../protocol/money.ts";
import { InvalidError, type Problem, problem } from "../protocol/problems.ts";
import { checkAnswer } from "./check-answer.ts";
import { runContinuity } from "./continuity.ts";
import { estimatePlan } from "./estimate.ts";
import { exportRun } from "./export-run.ts";
import { graphOfRun } from "./graph-of-run.ts";
import { nodeTakes } from "./node-takes.ts";
import type { RunRow } from "./ports.ts";
import type { ReadRequest } from "./read-request.ts";
import { listReviews, readReview } from "./reviews.ts";
import { runDocument, summary } from "./run-document.ts";
import { runEvents } from "./run-events.ts";
import { graphScorecard } from "./scorecard.ts";
import { runStories } from "./stories.ts";
import type { StartRun, Studio } from "./studio-api.ts";
import type { StudioPorts } from "./studio-ports.ts";
import { createWaitingSweep } from "./sweep-waiting.ts";

/** How often a run that another process has is looked at: is it to be had (ms)? */
const TAKEOVER_MS = 1000;

type RunPart =
  | "startRun"
  | "drive"
  | "estimate"
  | "run"
  | "listRuns"
  | "takes"
  | "graphOfRun"
  | "stories"
  | "continuity"
  | "scorecard"
  | "events"
  | "cancel"
  | "resume"
  | "answer"
  | "reviews"
  | "review"
  | "exportRun";

export type RunDeskPorts = StudioPorts & {
  readable(request: StartRun): Promise<ReadRequest>;
  compose(
    request: StartRun,
    read: ReadRequest,
  ): Promise<Omit<RunRow, "epoch" | "lastSeq" | "leaseOwner" | "leaseUntil">>;
  /** Why a graph may not run yet, such as one that was imported and not looked at. */
  refusal(graphId: string): Promise<Problem[]>;
};

/** Runs: started, driven, watched, stopped, answered and looked back at. */
export function createRunDesk(ports: RunDeskPorts): Pick<Studio, RunPart> {
  const { journal, provider, clock, hub, worker, readable, compose } = ports;
  const sweepWaiting = createWaitingSweep(journal, clock);

  return {
    async startRun(request) {
      const read = await readable(request);
      const { graph, addresses } = read;
      const refused = await ports.refusal(graph.id);
      if (refused.length > 0) throw new InvalidError(refused);
      // The pictures of a request that was heard before need not be there any more.
      const before = addresses.length > 0 && request.idempotencyKey && (await journal.runOfKey(request.idempotencyKey));
      if (before) return { runId: before, created: false };
      if ((await journal.countRuns("queued")) >= LIMITS.queuedRuns) {
        throw new StepError(
          "QUEUE_FULL",
          `${LIMITS.queuedRuns} runs are waiting already. Try again when some have finished.`,
        );
      }
      const created = await journal.createRun(await compose(request, read), request.idempotencyKey);
      worker.wake();
      return created;
    },

    async drive(runId, signal) {
      const stop = () => worker.stop(runId, "interrupt");
      signal?.addEventListener("abort", stop, { once: true });
      try {
        for (;;) {
          const mine = worker.take(runId);
          if (signal?.aborted) stop();
          await mine;
          // Another process has the run: it is watched until it rests, and taken over when that process is gone.
          const look = new AbortController();
          const watched = signal ? AbortSignal.any([signal, look.signal]) : look.signal;
          clock.sleep(TAKEOVER_MS, watched).then(
            () => look.abort(),
            () => {},
          );
          for await (const _event of runEvents(journal, hub, runId, Number.MAX_SAFE_INTEGER, watched)) {
            // Only its end is waited for.
          }
          look.abort();
          const run = await journal.getRun(runId);
          if (!run) throw new InvalidError([problem("UNKNOWN_RUN", `There is no run ${runId}.`)]);
          if ((run.status !== "queued" && run.status !== "running") || signal?.aborted) return run.status;
        }
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },

    async estimate(request) {
      const { plan, problems, sheets } = await readable(request);
      const nodes = await estimatePlan(ports, plan);
      const paid = nodes.filter((node) => node.calls > 0 || node.cachedItems > 0 || node.items > 0);
      return {
        costUsd: toUsd(paid.reduce((sum, node) => sum + Math.round(node.costUsd * 1e6), 0)),
        calls: paid.reduce((sum, node) => sum + node.calls, 0),
        cachedNodes: nodes.filter((node) => node.items === 0 && node.cachedItems > 0).length,
        nodes,
        simulated: provider.simulated,
        problems,
        ...(sheets.length > 0 ? { sheets } : {}),
      };
    },

    run: (runId) => runDocument(ports, runId),

    async listRuns(page) {
      const rows = await journal.listRuns(page);
      const costs = await journal.costOfRuns(rows.map(({ id }) => id));
      const runs = rows.map((row) => ({ ...summary(row), costUsd: toUsd(costs.get(row.id) ?? 0) }));
      return { runs, ...(rows.length === page.limit ? { next: rows.at(-1)?.id } : {}) };
    },

    takes: (graphId, page) => nodeTakes(journal, ports.registry, graphId, page),

    async graphOfRun(runId) {
      const run = await journal.getRun(runId);
      return run && (await journal.getGraph(run.graphHash));
    },

    stories: (runId) => runStories(ports, runId),
    continuity: (runId) => runContinuity(ports, runId),
    scorecard: (graphId, page) => graphScorecard(ports, graphId, page),

    events: (runId, afterSeq, signal) => runEvents(journal, hub, runId, afterSeq, signal),

    async cancel(runId) {
      const run = await journal.requestCancel(runId);
      if (!run) return undefined;
      worker.stop(runId, "cancel");
      hub.changed(runId);
      return (await journal.getRun(runId))?.status ?? run.status;
    },

    async resume(runId, change) {
      const before = await journal.getRun(runId);
      if (!before) return "unknown";
      if (before.status === "succeeded") return "nothing-left";
      if (before.status === "queued") return "queued";
      if (before.status === "waiting") {
        // Whoever asks may be the first to look since its time was up.
        if ((await sweepWaiting(runId)).length === 0) return "waiting";
        worker.wake();
        return "queued";
      }
      // What a person said of calls in doubt holds for the resume they said it for, not for those that follow.
      const run = await journal.requeue(runId, { ...change, inDoubt: change.inDoubt ?? "hold" });
      if (!run) return "live";
      worker.wake();
      return "queued";
    },

    async answer(runId, nodeId, pass, answer, by) {
      const given = await checkAnswer(ports, runId, nodeId, pass, answer);
      const result = await journal.answerStep(runId, nodeId, pass, given, by);
      if (result === "answered") worker.wake();
      return result;
    },

    reviews: (page) => listReviews(ports, page),
    review: (runId, nodeId, pass) => readReview(ports, runId, nodeId, pass),

    async exportRun(runId, folder, below) {
      const [row, document] = await Promise.all([journal.getRun(runId), runDocument(ports, runId)]);
      const found = row && (await graphOfRun(ports, row));
      if (!document || !found) throw new InvalidError([problem("UNKNOWN_RUN", `There is no run ${runId}.`)]);
      return await exportRun(ports, document, found.expanded.graph, folder, below);
    },
  };
}
