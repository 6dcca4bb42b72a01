import type { BatchDocument, BatchEvent } from "../../protocol/batches.ts";
import { type Connection, followStream } from "../follow-stream.ts";
import type { BatchServer } from "./batch-server.ts";
import { paceOf, type Sample, withSample } from "./time-left.ts";

/** A batch as its screen shows it, without its rows. */
export type BatchView = Omit<BatchDocument, "rows" | "next"> & {
  /** Rows per minute of late, and how long the rest takes (ms); left out while nobody knows. */
  perMinute?: number;
  leftMs?: number;
  connection: Connection;
};

/** A row of which something is new. */
export type RowChange = Extract<BatchEvent, { type: "row.changed" }>;

/** Statuses in which nothing happens by itself. */
export const isResting = (status: BatchView["status"]): boolean => !["queued", "running"].includes(status);

/** How many rows have ended, however they did. */
export const endedOf = ({ counts }: Pick<BatchView, "counts">): number =>
  (counts.succeeded ?? 0) + (counts.failed ?? 0) + (counts.cancelled ?? 0);

/**
 * Keeps a view of a batch up to date: its head, then its changes from exactly there on, opened again when the connection breaks, without a
 * gap. Rows are told as they change and not kept here.
 */
export function watchBatch(
  server: BatchServer,
  on: { view(view: BatchView): void; row(change: RowChange): void; failed(error: unknown): void },
) {
  let head: Omit<BatchView, "connection"> | undefined;
  let samples: readonly Sample[] = [];
  let etaMs: number | undefined;
  // The last change that was told here; a head fetched later may be newer, its rows were not told yet.
  let told = 0;
  let closed = false;

  const show = () => {
    if (!head || closed) return;
    const pace = isResting(head.status) ? undefined : paceOf(samples, head.total - endedOf(head));
    on.view({ ...head, perMinute: pace?.perMinute, leftMs: etaMs ?? pace?.leftMs, connection: following.connection });
  };
  const take = (event: BatchEvent) => {
    if (!head) return;
    if ("seq" in event) told = Math.max(told, event.seq);
    if (event.type === "row.changed") return on.row(event);
    const { status, reason, counts, costUsd } = event;
    head = { ...head, status, reason, counts, costUsd, seq: Math.max(head.seq, told) };
    etaMs = event.type === "batch.progress" ? event.etaMs : undefined;
    if (event.type === "batch.progress") head = { ...head, total: event.total, budgetUsd: event.budgetUsd };
    samples = withSample(samples, { at: server.now(), ended: endedOf(head) });
    if (event.type === "batch.ended") {
      following.end();
      // When it ended is only in the document.
      following.soon(0);
    }
    show();
  };
  const refresh = async (): Promise<void> => {
    try {
      const { rows: _, next: __, ...fetched } = await server.load({ from: 0, limit: 0 });
      if (closed) return;
      if (!head) told = fetched.seq;
      head = fetched;
      if (isResting(fetched.status)) {
        samples = [];
        etaMs = undefined;
        // What changed while nobody listened is told by a last, short stream.
        if (!following.isOpen && fetched.seq > told) following.open(told);
        else following.rest();
      } else if (!following.isOpen) following.open(told);
      show();
    } catch (error) {
      if (closed) return;
      on.failed(error);
      if (head) following.soon();
    }
  };

  const following = followStream(server, { event: take, show, refresh });
  void refresh();
  return {
    refresh,
    close() {
      closed = true;
      following.close();
    },
  };
}
