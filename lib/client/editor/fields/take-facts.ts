import type { ImageValue, MaskValue } from "../../../protocol/values.ts";
import type { NodeRun, NodeTake } from "../node-run.ts";

/** The first picture among outputs. */
export const pictureOf = ({ outputs }: Pick<NodeTake, "outputs"> | Pick<NodeRun, "outputs">): ImageValue | undefined =>
  Object.values(outputs)
    .flat()
    .find((value) => value.kind === "image");

/** What stands for a result in a strip: its picture, else its mask. */
export const thumbOf = ({ outputs }: Pick<NodeTake, "outputs">): ImageValue | MaskValue | undefined =>
  pictureOf({ outputs }) ??
  Object.values(outputs)
    .flat()
    .find((value) => value.kind === "mask");

/** What is known of how a past result came about; from its own record where the take itself does not say it. */
export function factsOf(take: NodeTake, run: NodeRun | undefined) {
  const picture = pictureOf(take);
  const made = picture?.made;
  const { costUsd, cached, runId } = take;
  return {
    prompt: take.prompt ?? made?.prompt,
    revised: take.revisedPrompt ?? made?.revisedPrompt,
    responseId: take.responseId ?? picture?.turn?.responseId ?? made?.responseId,
    model: made?.imageModel ?? made?.model,
    simulated: made?.simulated === true,
    // The reason is known for the newest run only.
    why: run?.runId === runId ? run.why : undefined,
    costUsd,
    cached,
  };
}
