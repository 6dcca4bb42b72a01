import * as z from "zod";
import {
  EstimateAnswer,
  EstimateQuery,
  EventsQuery,
  ResumeBody,
  RunChanged,
  RunList,
  RunStarted,
  RunsQuery,
  StartRunBody,
} from "../../protocol/http.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { toMicro } from "../../protocol/money.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import type { Decided } from "../../protocol/reviews.ts";
import { RunDocument } from "../../protocol/run.ts";
import type { StartRun, Studio } from "../../runtime/studio-api.ts";
import { followRun } from "../follow-run.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError, invalid } from "../http-problem.ts";
import { idempotencyKey } from "../idempotency-key.ts";
import { eventStream } from "../sse.ts";
import type { Slots } from "../stream-slots.ts";

type Deps = { studio: Studio; streams: Slots; heartbeatMs?: number };

const notFound = { says: "There is no such run." };
const unknownRun = (): HttpError => new HttpError(404, "UNKNOWN_RUN", "There is no such run.");

/** Everything about runs: start, look, follow, cancel, resume, answer. */
export const runRoutes = ({ studio, streams, heartbeatMs }: Deps): Route[] => [
  route({
    method: "POST",
    path: "/api/runs",
    summary: "Starts a run. The same Idempotency-Key again gives the same run.",
    body: StartRunBody,
    answers: { 202: { says: "Queued.", schema: RunStarted }, 422: { says: "The graph or the request has problems." } },
    async handle({ body, header }) {
      const request = await startRequest(studio, body, idempotencyKey(header("idempotency-key")));
      const { runs } = await studio.metrics();
      if ((runs.queued ?? 0) >= LIMITS.queuedRuns)
        throw new HttpError(429, "QUEUE_FULL", `${LIMITS.queuedRuns} runs are queued. Wait for some to finish.`, {
          headers: { "retry-after": "30" },
        });
      const { runId, created } = await studio.startRun(request);
      return json(
        202,
        { runId },
        { location: `/api/runs/${runId}`, ...(created ? {} : { "idempotency-replayed": "true" }) },
      );
    },
  }),
  route({
    method: "POST",
    path: "/api/runs/estimate",
    summary: "What a run would cost, per node, aware of the cache. Starts nothing.",
    body: StartRunBody,
    query: EstimateQuery,
    answers: {
      200: { says: "The estimate, an upper bound.", schema: EstimateAnswer },
      422: { says: "The graph or the request has problems." },
    },
    async handle({ body, query }) {
      const request = await startRequest(studio, body);
      try {
        return json(200, await studio.estimate(request));
      } catch (error) {
        if (query.unrunnable !== "ok" || !(error instanceof InvalidError)) throw error;
        const nothing = { costUsd: 0, calls: 0, cachedNodes: 0, nodes: [], simulated: studio.simulated };
        return json(200, { ...nothing, runnable: false, problems: error.problems });
      }
    },
  }),
  route({
    method: "GET",
    path: "/api/runs",
    summary: "Runs, newest first.",
    query: RunsQuery,
    answers: { 200: { says: "One page.", schema: RunList } },
    handle: async ({ query }) => json(200, await studio.listRuns(query)),
  }),
  route({
    method: "GET",
    path: "/api/runs/:id",
    summary: "A run with its steps, outputs and calls.",
    answers: { 200: { says: "The run.", schema: RunDocument }, 404: notFound },
    async handle({ params }) {
      const run = await studio.run(params.id ?? "");
      if (!run) throw unknownRun();
      return json(200, run);
    },
  }),
  route({
    method: "POST",
    path: "/api/runs/:id/cancel",
    summary: "Asks a run to stop. What is paid for is still brought home.",
    answers: { 202: { says: "Asked.", schema: RunChanged }, 404: notFound },
    async handle({ params }) {
      const runId = params.id ?? "";
      const status = await studio.cancel(runId);
      if (status === undefined) throw unknownRun();
      return json(202, { runId, status });
    },
  }),
  route({
    method: "POST",
    path: "/api/runs/:id/resume",
    summary: "Goes on with a run after a pause, a cancel or a failure. Nothing finished is done again.",
    body: ResumeBody,
    bodyOptional: true,
    answers: {
      202: { says: "Queued again, or still running.", schema: RunChanged },
      200: { says: "Nothing was left to do.", schema: RunChanged },
      404: notFound,
      409: { says: "It waits for an answer." },
    },
    async handle({ params, body }) {
      const runId = params.id ?? "";
      const result = await studio.resume(runId, { budgetMicro: micro(body.budgetUsd), inDoubt: body.inDoubt });
      if (result === "unknown") throw unknownRun();
      if (result === "waiting")
        throw new HttpError(409, "WAITING", "This run waits for an answer to one of its steps.");
      if (result === "nothing-left") return json(200, { runId, status: "succeeded" });
      return json(202, { runId, status: result === "live" ? "running" : "queued" });
    },
  }),
  route({
    method: "GET",
    path: "/api/runs/:id/events",
    summary: "The run's events as server-sent events; Last-Event-ID (or ?after=) goes on after that sequence number.",
    query: EventsQuery,
    answers: { 200: { says: "The stream; it ends when the run ends.", type: "text/event-stream" }, 404: notFound },
    async handle({ params, query, header, caller, signal }) {
      const runId = params.id ?? "";
      const after = lastSeq(header("last-event-id")) ?? query.after ?? 0;
      const giveBack = streams.take(caller.name);
      signal.addEventListener("abort", giveBack, { once: true });
      if (signal.aborted || !(await studio.run(runId))) {
        giveBack();
        throw unknownRun();
      }
      return {
        status: 200,
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-cache, no-transform",
          "x-accel-buffering": "no",
        },
        body: eventStream(followRun(studio, runId, after, signal), { heartbeatMs, signal }),
      };
    },
  }),
  route({
    method: "POST",
    path: "/api/runs/:id/steps/:stepKey/answer",
    summary:
      "Answers a waiting step; the step is named NODE or NODE@PASS. Takes what the node type's answer schema says.",
    body: z.unknown(),
    answers: {
      200: { says: "Taken; the run goes on.", schema: RunChanged },
      404: { says: "There is no such run or step." },
      409: { says: "The step does not wait, or was answered before." },
      422: { says: "The step does not take this answer; every mistake with its field." },
    },
    async handle({ params, body, caller }) {
      const { nodeId, pass } = stepOf(params.stepKey ?? "");
      const by = caller.by === "session" ? "somebody in the studio" : "a program";
      const result = await studio.answer(params.id ?? "", nodeId, pass, body, by);
      if (result === "unknown") throw new HttpError(404, "UNKNOWN_STEP", "There is no such run or step.");
      if (result === "already") throw alreadyAnswered((await studio.review(params.id ?? "", nodeId, pass))?.decided);
      if (result === "not-waiting") throw new HttpError(409, "NOT_WAITING", "This step does not wait for an answer.");
      return json(200, { runId: params.id, status: "queued" });
    },
  }),
];

/** Two people may decide at once: the second is told who was first, and when. */
function alreadyAnswered(decided: Decided | undefined): HttpError {
  const by = decided?.by === undefined ? "" : ` by ${decided.by}`;
  const at =
    decided?.at === undefined ? "" : ` at ${new Date(decided.at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return new HttpError(409, "ALREADY_ANSWERED", `This step was answered before${by}${at}. The first answer stands.`, {
    more: decided ? { decided } : {},
  });
}

async function startRequest(studio: Studio, body: StartRunBody, idempotencyKey?: string): Promise<StartRun> {
  const { graphId, templateId, revision, graph, to: wanted, budgetUsd, ...given } = body;
  const to = typeof wanted === "string" ? [wanted] : wanted;
  const rest = { ...given, to, budgetMicro: micro(budgetUsd), idempotencyKey };
  if (templateId !== undefined) return await studio.templates.requestOf(templateId, { ...rest, revision });
  const saved = graphId === undefined ? undefined : await studio.graph(graphId, revision);
  if (graphId !== undefined && !saved) {
    const which = revision === undefined ? "" : ` with revision ${revision}`;
    throw invalid([problem("UNKNOWN_GRAPH", `There is no saved graph "${graphId}"${which}.`, { field: "graphId" })]);
  }
  return { ...rest, graph: saved ? saved.graph : graph };
}

const micro = (usd: number | null | undefined) => (usd === undefined || usd === null ? usd : toMicro(usd));

function lastSeq(header: string | undefined): number | undefined {
  if (header === undefined || header === "") return undefined;
  if (/^\d{1,15}$/.test(header)) return Number(header);
  throw invalid([problem("BAD_LAST_EVENT_ID", "Last-Event-ID is a sequence number.")]);
}

function stepOf(key: string): { nodeId: string; pass: number } {
  const [, nodeId = key, pass = "0"] = /^(.+)@(\d{1,4})$/.exec(key) ?? [];
  return { nodeId, pass: Number(pass) };
}
