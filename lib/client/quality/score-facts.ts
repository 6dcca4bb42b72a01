import type { ScorecardRow } from "../../protocol/quality.ts";
import { usd } from "../words.ts";
import { percent } from "./verdict-words.ts";

/** One line of a scorecard. `better`: the change made it better or worse; left out where nothing can be said. */
export type ScoreFact = { name: string; now: string; before: string; better?: boolean };

const NONE = "–";

/** A scorecard in words, with what the last change did to it. */
export function scoreFacts(now: ScorecardRow, before: ScorecardRow | undefined): ScoreFact[] {
  const fact = (
    name: string,
    of: (row: ScorecardRow) => number | undefined,
    words: (amount: number, row: ScorecardRow) => string,
    wanted?: "more" | "less",
  ): ScoreFact => {
    const [is, was] = [of(now), before && of(before)];
    const changed =
      wanted && is !== undefined && was !== undefined && words(is, now) !== (before && words(was, before));
    return {
      name,
      now: is === undefined ? NONE : words(is, now),
      before: before && was !== undefined ? words(was, before) : NONE,
      ...(changed ? { better: wanted === "more" ? is > was : is < was } : {}),
    };
  };
  return [
    fact("Pass in the end", ({ passRate }) => passRate, percent, "more"),
    fact(
      "Passes per approved",
      ({ passesPerApproved }) => passesPerApproved,
      (n) => n.toFixed(1),
      "less",
    ),
    fact("Cost per approved", ({ usdPerApproved }) => usdPerApproved, usd, "less"),
    fact("Pictures judged", ({ judged }) => judged, String),
    fact("Runs", ({ runs }) => runs, String),
    {
      name: "Fails most",
      now: weakest(now),
      before: before ? weakest(before) : NONE,
    },
  ];
}

function weakest({ weakest }: ScorecardRow): string {
  if (!weakest) return "nothing";
  const words = weakest.line.replace(/[-_]+/g, " ").trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${weakest.failed} of ${weakest.asked}`;
}
