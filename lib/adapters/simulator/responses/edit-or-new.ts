import type { ImageTool } from "../requests/responses-schema.ts";
import { type Conversation, pictureToEdit } from "./conversation.ts";

const CHANGE_WORDS =
  /\b(change|make (?:it|the|this|her|his)|turn|replace|remove|add|edit|keep|adjust|fix|retouch|recolou?r|brighten|darken|sharpen|improve|same (?:picture|image|scene)|less|more|instead)\b/i;

/** Whether this turn changes a picture or draws a new one. With action "auto" the words decide, as the model would. */
export function isEdit(tool: ImageTool, conversation: Conversation): boolean {
  if (tool.action === "generate") return false;
  const base = pictureToEdit(conversation);
  if (!base) return false;
  if (tool.action === "edit" || tool.input_image_mask) return true;
  return !base.reference && CHANGE_WORDS.test(conversation.prompt);
}
