import { StepError } from "../protocol/failure.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Omitted } from "./describe-request.ts";

/**
 * Refuses what the provider is known to refuse for its amounts (openai.md sections 1, 10 and 13), before a call is written down: empty
 * words, a prompt that is too long, too many pictures. Throws StepError PROMPT_EMPTY, PROMPT_TOO_LONG or TOO_MANY_IMAGES.
 */
export function refuseUnsendable(request: Omitted): void {
  if (request.lane === "judge") return;
  const { texts, images } = contentOf(request);
  if (texts.some((text) => !text.trim()))
    throw new StepError("PROMPT_EMPTY", "There are no words to send: write what the model should do.");
  // The words of a lost thread are many prompts in one, and the conversation lane has room for them.
  const longest = request.rehydrated ? 0 : Math.max(...texts.map((text) => text.length));
  if (longest > LIMITS.promptChars)
    throw new StepError(
      "PROMPT_TOO_LONG",
      `The prompt has ${longest} characters${request.lane === "oneshot" ? ", the sheet before it counted" : ""}; at most ${LIMITS.promptChars} can be sent.`,
      { details: { characters: longest } },
    );
  if (images > LIMITS.imagesPerCall)
    throw new StepError(
      "TOO_MANY_IMAGES",
      `This call would send ${images} pictures; a model takes at most ${LIMITS.imagesPerCall}. Wire fewer references.`,
      { details: { images } },
    );
}

function contentOf(request: Exclude<Omitted, { lane: "judge" }>): { texts: string[]; images: number } {
  if (request.lane === "oneshot") return { texts: [request.prompt], images: request.images.length };
  return {
    texts: request.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])),
    images: request.parts.filter((part) => part.type === "image").length,
  };
}
