import { describe, expect, test } from "vitest";
import type { BatchEvent } from "#lib/protocol/batches.ts";
import { heroGraph, openBatchStudio, refuses } from "./batch-of.ts";

const table = (rows: number) => ({ columns: ["product"], rows: Array.from({ length: rows }, (_, n) => [`shoe ${n}`]) });
const collect = async (events: AsyncIterable<BatchEvent>) => {
  const all: BatchEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const rowsIn = (events: readonly BatchEvent[]) =>
  events.flatMap((event) => (event.type === "row.changed" ? [event] : []));

describe("the events of a batch", () => {
  test("tell a live watcher every row to its end, with counts, money and time, and end with the batch", async () => {
    const { batches } = await openBatchStudio(refuses("shoe 3"), { latencyMs: 60 });
    const { batchId } = await batches.create({ graph: heroGraph(), table: table(30), concurrency: 4 });
    const watched = collect(batches.events(batchId, 1));
    await batches.drive(batchId);
    const events = await watched;
    const last = new Map(rowsIn(events).map((event) => [event.row, event]));
    expect(last.size).toBe(30);
    expect([...last.values()].filter(({ status }) => status === "succeeded")).toHaveLength(29);
    expect(last.get(3)).toMatchObject({ status: "failed", error: { code: "moderation" }, runId: expect.any(String) });
    expect(last.get(4)).toMatchObject({ status: "succeeded", costUsd: 0.02 });
    const progress = events.filter((event) => event.type === "batch.progress");
    expect(progress.at(-1)).toMatchObject({
      status: "failed",
      total: 30,
      counts: { succeeded: 29, failed: 1 },
      costUsd: 0.58,
    });
    expect(progress.some(({ etaMs }) => etaMs !== undefined && etaMs >= 0)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "batch.ended", status: "failed" });
  });

  test("RS-006 are no log that grows: however often rows moved, a late watcher is told each of them once, in less than 2 KiB", async () => {
    const { batches, go, rest } = await openBatchStudio();
    const { batchId } = await go({ graph: heroGraph(), table: table(40) });
    for (const light of ["one", "two", "three"]) {
      for (let row = 0; row < 40; row += 1) await batches.edit(batchId, row, { product: `shoe ${row} ${light}` }, true);
      await rest(batchId);
    }
    const events = await collect(batches.events(batchId, 0));
    expect(rowsIn(events)).toHaveLength(40);
    expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(2 * 1024);
  });

  test("SE-008 are read only as fast as they are taken, and a watcher who left goes on without a gap from what it last heard", async () => {
    const { batches } = await openBatchStudio();
    // Rows that were stored together share a number: nobody may stop among them and miss the rest.
    const { batchId } = await batches.create({ graph: heroGraph(), table: table(1_000), only: [] });
    const first = batches.events(batchId, 0)[Symbol.asyncIterator]();
    const heard = new Set<number>();
    let place = 0;
    for (let n = 0; n < 450; n += 1) {
      const { value } = await first.next();
      if (value?.type !== "row.changed") continue;
      heard.add(value.row);
      place = value.seq;
    }
    await first.return?.();
    expect(heard.size).toBe(450);
    for (const event of rowsIn(await collect(batches.events(batchId, place)))) heard.add(event.row);
    expect(heard.size).toBe(1_000);
  });

  test("end at once for a batch that rests, and never begin for one that is not there", async () => {
    const { batches, go } = await openBatchStudio();
    const { batchId, seq } = await go({ graph: heroGraph(), table: table(2) });
    expect((await collect(batches.events(batchId, seq))).map(({ type }) => type)).toEqual([
      "batch.progress",
      "batch.ended",
    ]);
    expect(await collect(batches.events("batch_x", 0))).toEqual([]);
    const stop = new AbortController();
    stop.abort();
    expect(await collect(batches.events(batchId, 0, stop.signal))).toEqual([]);
  });
});
