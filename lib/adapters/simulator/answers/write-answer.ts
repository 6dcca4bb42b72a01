import { type Measured, measure } from "../paint/measure.ts";
import type { ContextPicture, Conversation } from "../responses/conversation.ts";
import type { ResponseRecord } from "../responses/response-record.ts";
import { answerQuestions } from "./answer-questions.ts";
import { talkOver } from "./talk-over.ts";
import { writeSheet } from "./write-sheet.ts";

const WANTS_SHEET =
  /\b(system prompt|style guide|spec(?:ification)? sheet|style sheet|art direction sheet|reusable prompt)\b/i;

/** The words of an answer that draws nothing: a filled form, a spec sheet, or a short reply. */
export async function writeAnswer(
  record: ResponseRecord,
  conversation: Conversation,
  look: (picture: ContextPicture) => Promise<Uint8Array>,
): Promise<string> {
  const format = record.body.text?.format;
  const measured: Measured[] = [];
  for (const picture of conversation.pictures) measured.push(await measure(await look(picture)));
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
