import type { OpenCall } from "../../protocol/money-report.ts";
import { count } from "../words.ts";

/** How much of a cap is used, 0 to 1; undefined without one. A cap of nothing is always full. */
export const usedOf = (spentUsd: number, capUsd: number | null): number | undefined =>
  capUsd === null ? undefined : capUsd === 0 ? 1 : Math.min(1, spentUsd / capUsd);

/** Heights of a row of bars, 0 to 1, the highest 1; a day on which little was spent still shows. */
export function heights(days: readonly { spentUsd: number }[]): number[] {
  const most = Math.max(0, ...days.map(({ spentUsd }) => spentUsd));
  return days.map(({ spentUsd }) => (spentUsd === 0 || most === 0 ? 0 : Math.max(0.04, spentUsd / most)));
}

/** What was paid against what was reckoned, in words. */
export function ratioWords(ratio: number | undefined): string {
  if (ratio === undefined) return "–";
  return `${Math.round(ratio * 100)} %`;
}

/** The state of a call whose reservation is held, and what to do about it. */
export function heldWords({ state, runStatus }: Pick<OpenCall, "state" | "runStatus">): { says: string; todo: string } {
  if (state !== "in_doubt") {
    const says = state === "intent" ? "About to be sent" : "Being drawn";
    const lives = runStatus === "running" || runStatus === "queued";
    return { says, todo: lives ? "Settles by itself." : "Resume the run: it is fetched, not bought again." };
  }
  return {
    says: "Nobody knows whether it was paid",
    todo: "Look into the provider's log. Then send it again, or give it up and keep the rest.",
  };
}

/** One line over a table of shares. */
export const callsWords = ({ calls, simulatedCalls }: { calls: number; simulatedCalls: number }): string =>
  [calls > 0 ? count(calls, "call") : "", simulatedCalls > 0 ? `${simulatedCalls.toLocaleString("en")} simulated` : ""]
    .filter(Boolean)
    .join(", ") || "no calls";
