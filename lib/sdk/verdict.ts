import type { VerdictValue } from "../protocol/values.ts";

/** One line of a verdict, measured or judged, with what decides how it counts. */
export type Line = {
  id: string;
  kind: string;
  /** What people and the model read; left out: the id. */
  title?: string;
  weight: number;
  must: boolean;
  /** 0–1. */
  score: number;
  passed: boolean;
  /** False where nothing could be measured: the line is shown and counts in no sum. */
  measured?: boolean;
  reason: string;
  /** What to ask the model for; goes into the notes in front of the reason. */
  wanted?: string;
  /** Where the judge looked. */
  box?: number[];
};

/** 0–1 each: from `threshold` on a picture passes, below `restartBelow` it is drawn anew, between them it is changed. */
export type Thresholds = { threshold: number; restartBelow: number };

const MOST_NOTES = 12;
const MOST_CHARS = 1000;
/** How many of the weakest lines are named when none of them failed by itself. */
const WEAKEST = 3;

/**
 * Σ weight · score / Σ weight over the lines that were measured, 0–1, to six places. Lines that all weigh 0 count alike; without a line that counts
 * there is nothing to find fault with: 1.
 */
export function weightedScore(lines: readonly Pick<Line, "weight" | "score" | "measured">[]): number {
  const counting = lines.filter(({ measured }) => measured !== false);
  const total = counting.reduce((sum, { weight }) => sum + weight, 0);
  const sum = counting.reduce((all, { weight, score }) => all + (total > 0 ? weight : 1) * score, 0);
  return counting.length === 0 ? 1 : Math.round((sum / (total > 0 ? total : counting.length)) * 1e6) / 1e6;
}

/** What the score asks for. A failed must line fails the picture whatever the score: it never passes, and is changed where the score alone would pass. */
export function decide(score: number, mustFailed: boolean, rule: Thresholds): "pass" | "iterate" | "restart" {
  if (score >= rule.threshold) return mustFailed ? "iterate" : "pass";
  return score < rule.restartBelow ? "restart" : "iterate";
}

/**
 * The verdict on one picture. `stopped`: why it cannot be sent back (last pass, no revision wired, no money left), as a sentence; then what does not
 * pass is rejected, and the notes begin with it. Notes are empty when the picture passes.
 */
export function verdictOf(
  lines: readonly Line[],
  rule: Thresholds,
  more: { stopped?: string; model?: string; costUsd?: number } = {},
): VerdictValue {
  const score = weightedScore(lines);
  const wish = decide(
    score,
    lines.some(({ must, passed }) => must && !passed),
    rule,
  );
  const decision = wish !== "pass" && more.stopped !== undefined ? "reject" : wish;
  const faults = decision === "pass" ? "" : notesOf(lines, wish === "restart" ? "restart" : "iterate");
  return {
    kind: "verdict",
    score,
    passed: decision === "pass",
    decision,
    checks: lines.map(({ id, kind, score: own, passed, reason, must, box }) => ({
      id,
      kind,
      score: own,
      passed,
      reason,
      ...(must ? { must } : {}),
      ...(box ? { box } : {}),
    })),
    notes: decision === "reject" ? [more.stopped, faults].filter(Boolean).join("\n") : faults,
    ...(more.model === undefined ? {} : { model: more.model }),
    ...(more.costUsd === undefined ? {} : { costUsd: more.costUsd }),
  };
}

const OPENINGS = {
  iterate: "Put these points right and keep everything else as it is:",
  restart: "The last attempt failed on these points; none of them may come back:",
};

/**
 * What the next turn is told: an opening, then one line per failed check with its title, what is wanted and the reason in its own words. Musts first, then
 * by what they cost; at most 12 lines of 1,000 characters of a reason. Where no line failed by itself, the three that cost the most are named; empty when
 * every line is perfect.
 */
export function notesOf(lines: readonly Line[], mode: "iterate" | "restart"): string {
  const cost = ({ weight, score }: Line): number => weight * (1 - score);
  const failed = lines.filter(({ passed }) => !passed);
  const weak = lines.filter(({ score, measured }) => score < 1 && measured !== false);
  const named = (failed.length > 0 ? failed : weak)
    .map((line, index) => ({ line, index }))
    .sort((a, b) => Number(b.line.must) - Number(a.line.must) || cost(b.line) - cost(a.line) || a.index - b.index)
    .slice(0, failed.length > 0 ? MOST_NOTES : WEAKEST)
    .map(({ line }) => `- ${sentenceOf(line)}`);
  return named.length === 0 ? "" : [OPENINGS[mode], ...named].join("\n");
}

const sentenceOf = ({ id, title, wanted, reason }: Line): string =>
  `${oneLine(title || id)}: ${[wanted, oneLine(reason)].filter(Boolean).join(" ")}`;

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS - 1)}…` : line;
};

/**
 * Several answers to one question as one: the score is their median (of an even number the mean of the middle two), everything else is taken from the
 * answer nearest to it, of equally near ones the stricter. Throws RangeError without an answer.
 */
export function medianSample<S extends { score: number }>(samples: readonly S[]): S {
  const sorted = [...samples].sort((a, b) => a.score - b.score);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (!low || !high) throw new RangeError("a median needs at least one sample");
  return { ...low, score: (low.score + high.score) / 2 };
}
