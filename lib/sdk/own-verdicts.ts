import type { FileValue, ImageValue, VerdictValue } from "../protocol/values.ts";

/** Was this picture judged, or the one it was made from by local work? */
const isAbout = (verdict: VerdictValue, image: ImageValue): boolean =>
  verdict.of !== undefined &&
  (verdict.of === image.asset ||
    (image.made.by === "local" && image.made.parents?.includes(verdict.of) === true) ||
    image.verdicts?.some(({ of }) => of === verdict.of) === true);

/**
 * The verdicts of each subject, whatever order they came in: those it carries, and of those that were wired beside it the ones about it. Wired verdicts that
 * do not say what they are about: as many as subjects, each has its own; otherwise all have all.
 */
export function ownVerdicts(
  subjects: readonly (ImageValue | FileValue)[],
  wired: readonly VerdictValue[],
): VerdictValue[][] {
  const nameless = wired.filter(({ of }) => of === undefined);
  return subjects.map((subject, index) => {
    const image = subject.kind === "image" ? subject : subject.image;
    const carried = image?.verdicts ?? [];
    const about = image ? wired.filter((verdict) => isAbout(verdict, image)) : [];
    const others = nameless.length === subjects.length ? nameless.slice(index, index + 1) : nameless;
    const seen = new Set<string>();
    return [...carried, ...about, ...others].filter(({ of, score, decision, notes, checks }) => {
      const told = JSON.stringify([of, score, decision, notes, checks]);
      return !seen.has(told) && seen.add(told);
    });
  });
}
