import { type Measured, measure } from "../paint/measure.ts";
import type { Conversation } from "../responses/conversation.ts";
import { loadContextPicture } from "../responses/load-picture.ts";
import type { ResponseRecord } from "../responses/response-record.ts";
import type { World } from "../world.ts";
import { answerQuestions } from "./answer-questions.ts";
import { talkOver } from "./talk-over.ts";
import { writeSheet } from "./write-sheet.ts";

const WANTS_SHEET =
  /\b(system prompt|style guide|spec(?:ification)? sheet|style sheet|art direction sheet|reusable prompt)\b/i;

/** The words of an answer that draws nothing: a filled form, a spec sheet, or a short reply. */
export async function writeAnswer(world: World, record: ResponseRecord, conversation: Conversation): Promise<string> {
  const format = record.body.text?.format;
  const measured: Measured[] = [];
  for (const picture of conversation.pictures) measured.push(await measure(await loadContextPicture(world, picture)));
  if (format?.type === "json_schema") {
    return JSON.stringify(
      answerQuestions({
        schema: format.schema,
        text: `${conversation.instructions}\n${conversation.prompt}`,
        pictures: measured,
      }),
    );
  }
  if (format?.type === "json_object") return JSON.stringify({ answer: talkOver(record.id, conversation) });
  if (WANTS_SHEET.test(conversation.prompt)) return writeSheet(record.id, conversation, measured.at(-1) ?? null);
  return talkOver(record.id, conversation);
}
