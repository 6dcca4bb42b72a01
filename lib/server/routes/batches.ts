import {
  BatchChanged,
  BatchDocument,
  BatchEstimate,
  BatchesQuery,
  BatchList,
  BatchQuery,
  BatchRow,
  BatchStarted,
  CreateBatchBody,
  EditRowBody,
  ResumeBatchBody,
} from "../../protocol/batches.ts";
import { EventsQuery } from "../../protocol/http.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { problem } from "../../protocol/problems.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { cellText, createRequest, micro } from "../batch-request.ts";
import type { Confirmations } from "../confirmations.ts";
import { contentDisposition } from "../content-disposition.ts";
import { type Answer, json, type Route, route } from "../http.ts";
import { HttpError, invalid } from "../http-problem.ts";
import { idempotencyKey } from "../idempotency-key.ts";
import { eventStream } from "../sse.ts";
import type { Slots } from "../stream-slots.ts";

type Deps = { studio: Studio; streams: Slots; exporting: Slots; confirmations: Confirmations; heartbeatMs?: number };

/** More than this is confirmed by whoever starts it: paid calls, or USD. */
const CONFIRM_CALLS = 50;
const CONFIRM_USD = 10;

const notFound = { says: "There is no such batch." };
const unknownBatch = (): HttpError => new HttpError(404, "UNKNOWN_BATCH", "There is no such batch.");
const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw unknownBatch();
  return value;
};
const invalidTable = { says: "The table, the graph or the request has problems; each names its row and column." };
const confirmFirst = {
  says: "CONFIRM_REQUIRED: so many calls, or so much money, are confirmed by sending `confirm` of this answer along.",
};

/** Tables of rows, each row a run. */
export const batchRoutes = ({ studio, streams, exporting, confirmations, heartbeatMs }: Deps): Route[] => [
  route({
    method: "POST",
    path: "/api/batches",
    summary:
      "Runs a graph once per row. The same Idempotency-Key, or the same request within a second, gives the same batch.",
    body: CreateBatchBody,
    bodyBytes: LIMITS.tableJsonBytes,
    answers: {
      202: { says: "Its rows are queued.", schema: BatchStarted },
      409: confirmFirst,
      422: invalidTable,
    },
    async handle({ body, header }) {
      const request = await createRequest(studio, body, idempotencyKey(header("idempotency-key")));
      const plan = await studio.batches.planHash(request);
      if (!confirmations.holds(body.confirm, plan)) {
        // All of it, also what is not to run now: rows that are stored may be set going without being asked again.
        const estimate = await studio.batches.estimate({ ...request, only: undefined });
        if (isMuch(estimate)) throw confirmRequired({ ...estimate, confirm: confirmations.issue(plan) });
      }
      const { batchId, total, created } = await studio.batches.create(request);
      return json(
        202,
        { batchId, total },
        { location: `/api/batches/${batchId}`, ...(created ? {} : { "idempotency-replayed": "true" }) },
      );
    },
  }),
  route({
    method: "POST",
    path: "/api/batches/estimate",
    summary: "What a table would cost: cached rows free, what rows share counted once. Starts nothing.",
    body: CreateBatchBody,
    bodyBytes: LIMITS.tableJsonBytes,
    answers: { 200: { says: "The estimate, an upper bound.", schema: BatchEstimate }, 422: invalidTable },
    async handle({ body }) {
      const request = await createRequest(studio, body);
      const estimate = await studio.batches.estimate(request);
      const whole = request.only ? await studio.batches.estimate({ ...request, only: undefined }) : estimate;
      if (!isMuch(whole)) return json(200, estimate);
      return json(200, { ...estimate, confirm: confirmations.issue(await studio.batches.planHash(request)) });
    },
  }),
  route({
    method: "GET",
    path: "/api/batches",
    summary: "Batches, newest first.",
    query: BatchesQuery,
    answers: { 200: { says: "One page.", schema: BatchList } },
    handle: async ({ query }) => json(200, await studio.batches.list(query)),
  }),
  route({
    method: "GET",
    path: "/api/batches/:id",
    summary: "A batch and one page of its rows.",
    query: BatchQuery,
    answers: { 200: { says: "The batch.", schema: BatchDocument }, 404: notFound },
    handle: async ({ params, query }) => json(200, found(await studio.batches.get(params.id ?? "", query))),
  }),
  route({
    method: "GET",
    path: "/api/batches/:id/events",
    summary:
      "What happens in a batch as server-sent events; Last-Event-ID (or ?after=) goes on from there without a gap.",
    query: EventsQuery,
    answers: { 200: { says: "The stream; it ends when the batch rests.", type: "text/event-stream" }, 404: notFound },
    async handle({ params, query, header, caller, signal }) {
      const batchId = params.id ?? "";
      const after = lastSeq(header("last-event-id")) ?? query.after ?? 0;
      const giveBack = streams.take(caller.name);
      signal.addEventListener("abort", giveBack, { once: true });
      if (signal.aborted || !(await studio.batches.head(batchId))) {
        giveBack();
        throw unknownBatch();
      }
      return {
        status: 200,
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store",
          "x-accel-buffering": "no",
        },
        body: eventStream(studio.batches.events(batchId, after, signal), { heartbeatMs, signal }),
      };
    },
  }),
  route({
    method: "POST",
    path: "/api/batches/:id/pause",
    summary: "Starts no more rows; those under way finish.",
    answers: { 202: { says: "Asked.", schema: BatchChanged }, 404: notFound },
    handle: async ({ params }) => json(202, found(await studio.batches.pause(params.id ?? ""))),
  }),
  route({
    method: "POST",
    path: "/api/batches/:id/cancel",
    summary: "Starts no more rows and stops those under way. What is paid for is still brought home.",
    answers: { 202: { says: "Asked.", schema: BatchChanged }, 404: notFound },
    handle: async ({ params }) => json(202, found(await studio.batches.cancel(params.id ?? ""))),
  }),
  route({
    method: "POST",
    path: "/api/batches/:id/resume",
    summary: "Sets rows going: those that failed, were refused, cancelled or paused; or those that are named.",
    body: ResumeBatchBody,
    bodyOptional: true,
    answers: {
      202: { says: "Set going.", schema: BatchChanged },
      200: { says: "Nothing was left to do.", schema: BatchChanged },
      404: notFound,
    },
    async handle({ params, body }) {
      const { budgetUsd, ...change } = body;
      const going = found(await studio.batches.resume(params.id ?? "", { ...change, budgetMicro: micro(budgetUsd) }));
      return json(going.rows === 0 && going.status !== "running" ? 200 : 202, going);
    },
  }),
  route({
    method: "POST",
    path: "/api/batches/:id/rows/:row",
    summary: "New cells for a row. It becomes stale; running it again draws only what they change.",
    body: EditRowBody,
    answers: {
      200: { says: "The row as it is now.", schema: BatchRow },
      404: { says: "There is no such batch or row." },
      422: { says: "A cell does not fit its input, or the row is running." },
    },
    async handle({ params, body }) {
      const batchId = params.id ?? "";
      const row = /^\d{1,5}$/.test(params.row ?? "") ? Number(params.row) : -1;
      const cells = Object.fromEntries(Object.entries(body.cells).map(([column, cell]) => [column, cellText(cell)]));
      const edited = row < 0 ? "unknown" : await studio.batches.edit(batchId, row, cells, body.run);
      if (edited === "unknown") throw new HttpError(404, "UNKNOWN_ROW", "There is no such batch or row.");
      return json(200, found(await studio.batches.get(batchId, { from: row, limit: 1 })).rows[0]);
    },
  }),
  route({
    method: "GET",
    path: "/api/batches/:id/rows.csv",
    summary: "The result table: all rows in their order, with _status, _run, _cost_usd, _files and _error.",
    answers: { 200: { says: "The table.", type: "text/csv" }, 404: notFound },
    async handle({ params, caller, signal }) {
      const { name } = found(await studio.batches.head(params.id ?? ""));
      return download(
        exporting,
        { caller, signal },
        `${name}.csv`,
        "text/csv; charset=utf-8",
        studio.batches.csv(params.id ?? ""),
      );
    },
  }),
  route({
    method: "GET",
    path: "/api/batches/:id/files.zip",
    summary: "All files of a batch, a folder for each row, and rows.csv.",
    answers: { 200: { says: "The archive.", type: "application/zip" }, 404: notFound },
    async handle({ params, caller, signal }) {
      const { name } = found(await studio.batches.head(params.id ?? ""));
      return download(
        exporting,
        { caller, signal },
        `${name}.zip`,
        "application/zip",
        studio.batches.zip(params.id ?? ""),
      );
    },
  }),
];

function download(
  exporting: Slots,
  { caller, signal }: { caller: { name: string }; signal: AbortSignal },
  name: string,
  type: string,
  body: AsyncIterable<string | Uint8Array>,
): Answer {
  const giveBack = exporting.take(caller.name);
  signal.addEventListener("abort", giveBack, { once: true });
  return {
    status: 200,
    headers: {
      "content-type": type,
      "content-disposition": contentDisposition("attachment", name),
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, no-store",
    },
    body,
  };
}

const isMuch = ({ calls, costUsd }: BatchEstimate): boolean => calls > CONFIRM_CALLS || costUsd > CONFIRM_USD;

const confirmRequired = (estimate: BatchEstimate): HttpError => {
  const { rows, calls, costUsd, confirm } = estimate;
  const money = `${rows} rows would make up to ${calls} paid calls for up to $${costUsd.toFixed(2)}`;
  return new HttpError(
    409,
    "CONFIRM_REQUIRED",
    `${money}. Send the request again with "confirm": "${confirm}" to start them.`,
    {
      more: { confirm, calls, costUsd, rows, estimate },
    },
  );
};

function lastSeq(header: string | undefined): number | undefined {
  if (header === undefined || header === "") return undefined;
  if (/^\d{1,15}$/.test(header)) return Number(header);
  throw invalid([problem("BAD_LAST_EVENT_ID", "Last-Event-ID is a sequence number.")]);
}
