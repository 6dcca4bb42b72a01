import { canonical } from "../../engine/canonical.ts";
import type { BatchEstimate } from "../../protocol/batches.ts";
import { toUsd } from "../../protocol/money.ts";
import type { Problem } from "../../protocol/problems.ts";
import type { NodeEstimate } from "../studio-api.ts";
import type { CheckedRow, CheckedTable } from "./check-table.ts";
import { rowInputs } from "./row-inputs.ts";

/** Estimates one row; items whose keys are in `counted` are free, and those it would make are added. */
export type EstimateRow = (
  inputs: Record<string, unknown>,
  counted: Set<string>,
) => Promise<{ nodes: NodeEstimate[]; problems: Problem[] }>;

/** How long rows are looked at one by one (ms); the others are taken to cost what the dearest did. */
const LOOK_MS = 3_000;
/** Rows are looked at in steps of this prime, so that those looked at in time come from the whole table. */
const STRIDE = 7919;

/**
 * What a table would cost: each distinct row once, what rows have in common counted with the first that needs it. An upper bound, unless rows
 * that were not looked at cost more than every one that was.
 */
export async function estimateBatch(
  { rows, reading, only }: Pick<CheckedTable, "rows" | "reading" | "only">,
  estimateRow: EstimateRow,
  world: { simulated: boolean; monotonic(): number },
): Promise<BatchEstimate> {
  const asked = rows.filter((_row, index) => only === undefined || only.has(index));
  const wanted =
    asked.length % STRIDE === 0 ? asked : asked.map((_row, n) => asked[(n * STRIDE) % asked.length] as CheckedRow);
  const counted = new Set<string>();
  const costs = new Map<string, { calls: number; costMicro: number }>();
  const total = { calls: 0, costMicro: 0, freeRows: 0, lookedAt: 0 };
  const dearest = { calls: 0, costMicro: 0 };
  let problems: Problem[] = [];
  const began = world.monotonic();
  for (const row of wanted) {
    const inputs = rowInputs(reading, row.cells, row.pictures);
    const key = canonical(inputs);
    if (costs.has(key)) {
      total.lookedAt += 1;
      total.freeRows += 1;
      continue;
    }
    if (world.monotonic() - began > LOOK_MS) break;
    const estimate = await estimateRow(inputs, counted);
    if (costs.size === 0) problems = estimate.problems;
    const cost = {
      calls: estimate.nodes.reduce((sum, node) => sum + node.calls, 0),
      costMicro: estimate.nodes.reduce((sum, node) => sum + Math.round(node.costUsd * 1e6), 0),
    };
    costs.set(key, cost);
    total.lookedAt += 1;
    total.calls += cost.calls;
    total.costMicro += cost.costMicro;
    if (cost.calls === 0) total.freeRows += 1;
    dearest.calls = Math.max(dearest.calls, cost.calls);
    dearest.costMicro = Math.max(dearest.costMicro, cost.costMicro);
  }
  const rest = wanted.length - total.lookedAt;
  return {
    rows: wanted.length,
    freeRows: total.freeRows,
    calls: total.calls + rest * dearest.calls,
    costUsd: toUsd(total.costMicro + rest * dearest.costMicro),
    lookedAt: total.lookedAt,
    simulated: world.simulated,
    problems,
  };
}
