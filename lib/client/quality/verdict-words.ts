import type { RunDocument } from "../../protocol/run.ts";
import type { AssetId, VerdictValue } from "../../protocol/values.ts";

const WORDS: Readonly<Record<VerdictValue["decision"], string>> = {
  pass: "passed",
  iterate: "sent back",
  restart: "started over",
  reject: "rejected",
};

/** What became of a picture after it was judged, in a word or two. */
export const verdictWord = ({ decision }: Pick<VerdictValue, "decision">): string => WORDS[decision];

/** A share of 1 as people read a score. */
export const percent = (score: number): string => `${Math.round(score * 100)} %`;

/** `87 % passed`. */
export const chipWords = (verdict: Pick<VerdictValue, "decision" | "score">): string =>
  `${percent(verdict.score)} ${verdictWord(verdict)}`;

/** The verdicts of a run by the picture they are about, in the order of its passes: also of pictures that were judged after they were given. */
export function verdictsByPicture({ outputs }: Pick<RunDocument, "outputs">): Map<AssetId, VerdictValue[]> {
  const found = new Map<AssetId, VerdictValue[]>();
  for (const value of Object.values(outputs).flatMap((ports) => Object.values(ports).flat())) {
    if (value.kind !== "verdict" || value.of === undefined) continue;
    found.set(value.of, [...(found.get(value.of) ?? []), value]);
  }
  return found;
}
