import { StepError } from "../protocol/failure.ts";

/** A prompt that starts over: its own words, then the reasons the last try was sent back as constraints. */
export const withConstraints = (prompt: string, reasons: string): string =>
  [prompt.trim(), reasons.trim() && `Constraints:\n${reasons.trim()}`].filter(Boolean).join("\n\n");

/** The prompt, when it says anything; throws StepError PROMPT_EMPTY before money is spent on nothing. `port` names where it comes from. */
export function neededWords(prompt: string, port: string): string {
  if (prompt.trim()) return prompt;
  throw new StepError("PROMPT_EMPTY", `Nothing arrived at ${port}: write what the picture should show.`);
}
