import { expect, test } from "vitest";
import { exitCodeOfBatch, nextBatchCommand } from "#lib/cli/batch-report.ts";
import { type BatchHead, ROW_STATUSES, type RowCounts } from "#lib/protocol/batches.ts";

const counts = (some: Partial<RowCounts> = {}): RowCounts =>
  ({ ...Object.fromEntries(ROW_STATUSES.map((status) => [status, 0])), ...some }) as RowCounts;

test.each<[number, BatchHead["status"], BatchHead["reason"], Partial<RowCounts>]>([
  [0, "succeeded", undefined, { succeeded: 3 }],
  [1, "failed", undefined, { succeeded: 2, failed: 1 }],
  [1, "paused", "budget", { paused: 2, failed: 1 }],
  [1, "waiting", undefined, { waiting: 1, failed: 1 }],
  [3, "paused", "budget", { paused: 2 }],
  [4, "waiting", undefined, { waiting: 1 }],
  [5, "paused", "quota", { paused: 1 }],
  [5, "paused", "disk", { paused: 1 }],
  [5, "paused", "in_doubt", { paused: 1 }],
  [130, "paused", "person", { queued: 4, failed: 1 }],
  [130, "cancelled", undefined, { cancelled: 4, failed: 1 }],
])("exit %i for a batch that is %s (%s) with %o", (code, status, reason, some) => {
  expect(exitCodeOfBatch({ status, reason, counts: counts(some) })).toBe(code);
});

test("what to type next is told unless nothing is left", () => {
  const after = (status: BatchHead["status"], reason?: BatchHead["reason"]) =>
    nextBatchCommand({ batchId: "batch_1", status, reason }).join("\n");
  expect(after("succeeded")).toBe("");
  expect(after("failed")).toBe("npx throughline resume batch_1");
  expect(after("paused", "budget")).toContain("--budget");
  expect(after("paused", "in_doubt")).toContain("--in-doubt give-up");
  expect(after("waiting")).toContain("answer");
});
