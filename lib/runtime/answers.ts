import type { StepRecord } from "./ports.ts";

/** A decision, and the items that waited for it. */
export type Answer = { value: unknown; items: ReadonlySet<number> };

/** Is there a decision that the step has not settled by? One that failed with its answer asks again. */
export const isAnswered = ({ state, answer }: StepRecord): boolean =>
  answer !== undefined && !["done", "skipped", "failed", "in_doubt", "blocked"].includes(state);

/** A step that was interrupted while it went on with its answer has items that no longer say they waited. */
export const answerOf = ({ answer, state, items }: StepRecord): Answer => ({
  value: answer,
  items: new Set(
    items
      .filter((item) => (state === "waiting" ? item.state === "waiting" : item.state !== "done"))
      .map(({ index }) => index),
  ),
});
