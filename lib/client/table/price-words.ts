import type { BatchEstimate } from "../../protocol/batches.ts";
import { count, usd } from "../words.ts";

/** What a table would cost, in one sentence: calls, money, and what is free. */
export function priceWords(
  estimate: Pick<BatchEstimate, "rows" | "freeRows" | "calls" | "costUsd" | "simulated">,
): string {
  const { rows, freeRows, calls, costUsd, simulated } = estimate;
  if (calls === 0) return `${count(rows, "row")}, nothing to pay: every result is known or made here.`;
  const money = simulated ? `simulated, nothing is paid (${usd(costUsd)} at list prices)` : `at most ${usd(costUsd)}`;
  const free = freeRows > 0 ? `; ${freeRows.toLocaleString("en")} of them free, from the cache` : "";
  return `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}${free}. ${calls.toLocaleString("en")} ${calls === 1 ? "call" : "calls"}, ${money}.`;
}
