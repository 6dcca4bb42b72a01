import { Refusal } from "../http/refusal.ts";
import { wantedPart } from "../paint/words/tokens.ts";

/** Words the simulated moderation stops at: enough to rehearse a refusal, with no claim to judge anything. */
const BLOCKED: Readonly<Record<string, RegExp>> = {
  violence: /\b(gore|gory|beheading|mutilated|dismembered)\b/i,
  sexual: /\b(nude|nudity|nsfw|porn\w*)\b/i,
  "self-harm": /\b(self-harm|suicide)\b/i,
};

/** Categories a text falls into. */
export function blockedCategories(text: string): string[] {
  const wanted = wantedPart(text);
  return Object.entries(BLOCKED).flatMap(([category, words]) => (words.test(wanted) ? [category] : []));
}

/** Refuses a prompt as the provider's moderation does. */
export function moderatePrompt(text: string): void {
  const categories = blockedCategories(text);
  if (categories.length > 0) throw moderationRefusal(categories);
}

/** The refusal itself. */
export function moderationRefusal(categories: string[], stage: "input" | "output" = "input"): Refusal {
  return new Refusal(400, {
    message: "Your request was rejected by the safety system.",
    type: "image_generation_user_error",
    param: null,
    code: "moderation_blocked",
    moderation_details: { moderation_stage: stage, categories },
  });
}
