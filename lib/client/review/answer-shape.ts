import type { Review } from "../../protocol/reviews.ts";

/** The three things a person can say with one key. */
export type Decision = "approve" | "revise" | "reject";

/** What the answer to a question is made of, read from its JSON Schema: a screen knows no node type. */
export type AnswerShape = {
  decisions: readonly Decision[];
  /** Numbers of pictures: not part of the answer, part of it if one likes, or what it is about. */
  picks: "none" | "may" | "must";
  notes: boolean;
  markup: boolean;
  /** Why nothing can be sent back, where the answer would allow it. */
  noWayBack?: string;
  /** True when the answer needs more than this screen can ask. */
  foreign: boolean;
};

type Schema = { properties?: Record<string, Schema>; required?: string[]; enum?: unknown[]; const?: unknown };
const KNOWN: readonly Decision[] = ["approve", "revise", "reject"];
const PARTS = new Set(["decision", "picks", "notes", "markup"]);

/** Reads what can be answered. `outputs` say whether anything takes what is sent back. */
export function answerShape(schema: unknown, outputs: Review["outputs"]): AnswerShape {
  const { properties = {}, required = [] } = (schema ?? {}) as Schema;
  const words =
    properties.decision?.enum ?? (properties.decision?.const === undefined ? [] : [properties.decision.const]);
  const decisions = KNOWN.filter((word) => words.includes(word));
  const back = outputs.find(({ kind }) => kind === "revision");
  const noWayBack =
    back?.way === "over"
      ? "No pass of the loop is left to send it back to."
      : back?.way === "unwired"
        ? "Nothing is wired that would take it back."
        : undefined;
  return {
    decisions: decisions.length === 0 && properties.picks ? ["approve"] : decisions,
    picks: !properties.picks ? "none" : required.includes("picks") ? "must" : "may",
    notes: properties.notes !== undefined,
    markup: properties.markup !== undefined,
    ...(noWayBack && decisions.includes("revise") ? { noWayBack } : {}),
    foreign:
      required.some((name) => !PARTS.has(name)) ||
      (decisions.length === 0 && !properties.picks) ||
      words.some((word) => !KNOWN.includes(word as Decision)),
  };
}
