import type * as z from "zod";
import {
  type BatchChanged,
  type BatchDocument,
  type BatchEstimate,
  BatchEvent,
  type BatchStarted,
  type CreateBatchBody,
  type EditRowBody,
  type ResumeBatchBody,
  type RowStatus,
} from "../../protocol/batches.ts";
import { callApi } from "../call-api.ts";
import type { StreamSource } from "../follow-stream.ts";

const path = (batchId: string, rest = ""): string => `/api/batches/${encodeURIComponent(batchId)}${rest}`;

/** A request for a batch, before the server fills in what was left out. */
export type NewBatch = Partial<CreateBatchBody>;

/** Checks every cell, stores the table and queues its rows. The key makes a double click one batch. Throws ApiError. */
export const createBatch = (body: NewBatch, key: string): Promise<BatchStarted> =>
  callApi<BatchStarted>("/api/batches", { body, headers: { "idempotency-key": key } });

/** What the whole table would cost; starts nothing. Throws ApiError. */
export const estimateBatch = (body: NewBatch): Promise<BatchEstimate> =>
  callApi<BatchEstimate>("/api/batches/estimate", { body });

type Changed = z.infer<typeof BatchChanged>;

/** What a batch on the screen needs from the server; a test hands in another one. */
export type BatchServer = StreamSource<BatchEvent> & {
  load(page: { from: number; limit: number; status?: RowStatus }): Promise<BatchDocument>;
  pause(): Promise<Changed>;
  cancel(): Promise<Changed>;
  resume(body: ResumeBatchBody): Promise<Changed>;
  edit(row: number, body: EditRowBody): Promise<unknown>;
  now(): number;
};

const EVENT_TYPES = BatchEvent.options.map((option) => option.shape.type.value);

/** A batch as the API serves it. */
export const browserBatch = (batchId: string): BatchServer => ({
  load({ from, limit, status }) {
    const query = new URLSearchParams({ from: String(from), limit: String(limit), ...(status && { status }) });
    return callApi<BatchDocument>(path(batchId, `?${query}`));
  },
  open(after, on) {
    const stream = new EventSource(path(batchId, `/events?after=${after}`));
    for (const type of EVENT_TYPES)
      stream.addEventListener(type, ({ data }) => on.event(JSON.parse(data as string) as BatchEvent));
    stream.addEventListener("open", on.opened);
    // Closed and opened by us with the last number known here, whatever the browser would do by itself.
    stream.addEventListener("error", on.broken);
    return () => stream.close();
  },
  pause: () => callApi<Changed>(path(batchId, "/pause"), { method: "POST" }),
  cancel: () => callApi<Changed>(path(batchId, "/cancel"), { method: "POST" }),
  resume: (body) => callApi<Changed>(path(batchId, "/resume"), { body }),
  edit: (row, body) => callApi<unknown>(path(batchId, `/rows/${row}`), { body }),
  later(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
});

/** Where a batch's results are had: the table, and all its files. */
export const downloadUrl = (batchId: string, what: "rows.csv" | "files.zip"): string => path(batchId, `/${what}`);
