import type { Mark } from "../../protocol/marks.ts";
import { count } from "../words.ts";
import type { Decision } from "./answer-shape.ts";
import type { Asked, AskedPicture } from "./asked.ts";

/** What a person has prepared but not said yet. `picks` in the order they were chosen. */
export type Draft = { picks: readonly number[]; notes: string; marks: readonly Mark[] };
export const NO_DRAFT: Draft = { picks: [], notes: "", marks: [] };

/** One of the buttons under a picture. `why` says what is missing; such a button does nothing. */
export type Choice = { decision: Decision; label: string; why?: string };

/** Puts a picture among the chosen ones, or takes it out. */
export const togglePick = (draft: Draft, place: number): Draft => ({
  ...draft,
  picks: draft.picks.includes(place) ? draft.picks.filter((one) => one !== place) : [...draft.picks, place],
});

/** The pictures that would go back: those that were not picked. */
export const goingBack = (asked: Asked, { picks }: Draft): number =>
  asked.pictures.filter(({ place }) => !picks.includes(place)).length;

/** What can be said now, each in the words of what would happen. */
export function choicesFor(asked: Asked, draft: Draft): Choice[] {
  const { shape, pictures } = asked;
  const several = pictures.length > 1;
  const [picked, rest] = [draft.picks.length, goingBack(asked, draft)];
  return shape.decisions.map((decision): Choice => {
    if (decision === "approve") {
      if (shape.picks === "must") {
        const label = picked === 0 ? "Choose" : `Choose ${several ? `${picked} of ${pictures.length}` : "it"}`;
        return { decision, label, ...(picked === 0 ? { why: "Pick a picture first (Space)." } : {}) };
      }
      if (!several) return { decision, label: "Approve" };
      if (picked === 0 || rest === 0) return { decision, label: `Approve all ${pictures.length}` };
      return { decision, label: `Approve ${picked}, reject ${rest}` };
    }
    if (decision === "reject") {
      const label = several ? `Reject all ${pictures.length}` : "Reject";
      return { decision, label, ...(picked > 0 ? { why: "Some are picked: approve those, or unpick them." } : {}) };
    }
    const label = !several
      ? "Send back"
      : picked === 0
        ? `Send back all ${pictures.length}`
        : `Approve ${picked}, send back ${rest}`;
    const why =
      shape.noWayBack ??
      (rest === 0
        ? "All are picked: nothing is left to send back."
        : draft.notes.trim() === "" && draft.marks.length === 0
          ? "Say what has to change, or draw it."
          : undefined);
    return { decision, label, ...(why ? { why } : {}) };
  });
}

/** The answer as the server takes it. */
export function answerOf(decision: Decision, asked: Asked, { picks, notes, marks }: Draft): Record<string, unknown> {
  const { shape, pictures } = asked;
  const all = picks.length === pictures.length && shape.picks !== "must";
  const picked = shape.picks !== "none" && picks.length > 0 && !all && decision !== "reject";
  const markup = decision === "revise" && shape.markup && marks.length > 0;
  return {
    decision,
    ...(notes.trim() !== "" && shape.notes ? { notes: notes.trim() } : {}),
    ...(picked ? { picks } : {}),
    ...(markup ? { markup: marks } : {}),
  };
}

/** The picture marks are drawn over: they belong to one, so exactly one must be going back. */
export function markedPicture(asked: Asked, draft: Draft): AskedPicture | undefined {
  const { markup, noWayBack } = asked.shape;
  if (!markup || noWayBack || goingBack(asked, draft) !== 1) return undefined;
  return asked.pictures.find(({ place }) => !draft.picks.includes(place));
}

/** What was decided, in the past tense, for the moment before it is sent. */
export function saidSo(decision: Decision, asked: Asked, draft: Draft): string {
  const { picks } = draft;
  const several = asked.pictures.length > 1;
  const rest = goingBack(asked, draft);
  const pictures = several && (picks.length === 0 || rest === 0) ? `: ${count(asked.pictures.length, "picture")}` : "";
  if (asked.shape.picks === "must") return `Chosen: ${count(picks.length, "picture")}`;
  if (decision === "reject") return `Rejected${pictures}`;
  if (decision === "revise")
    return several && picks.length > 0 ? `${picks.length} approved, ${rest} sent back` : `Sent back${pictures}`;
  return several && picks.length > 0 && rest > 0 ? `${picks.length} approved, ${rest} rejected` : `Approved${pictures}`;
}
