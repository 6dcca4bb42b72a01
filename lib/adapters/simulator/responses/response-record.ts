import { randomUUID } from "node:crypto";
import type { AnswerFault } from "../faults/fault-script.ts";
import type { ImageTool, ResponsesBody } from "../requests/responses-schema.ts";

/** An accepted request: all that is needed to give its answer, now or in another process. */
export type ResponseRecord = {
  version: 1;
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** How long the work takes. */
  durationMs: number;
  /** The request, pictures replaced by `blob:` references. */
  body: ResponsesBody;
  /** A fault that belongs to the answer itself and so must outlive the call. */
  fault: AnswerFault | null;
  cancelledAt: number | null;
};

const DAY = 86_400_000;

/** Stored responses can be read and continued for this long. */
export const KEPT_MS = 30 * DAY;
/** Background work that is not to be stored can be fetched for about this long. */
export const UNSTORED_MS = 600_000;

/** A fresh response id. */
export const newResponseId = (): string => `resp_${randomUUID().replaceAll("-", "")}`;

/** The id of the nth picture of a response. */
export const callIdOf = (responseId: string, index = 0): string =>
  `ig_${responseId.slice(5)}${String(index).padStart(2, "0")}`;

/** The response a picture id belongs to, or null when it is none of ours. */
export function responseOfCall(callId: string): { responseId: string; index: number } | null {
  const found = /^ig_([0-9a-f]{32})(\d{2})$/.exec(callId);
  return found ? { responseId: `resp_${found[1]}`, index: Number(found[2]) } : null;
}

/** The image tool of a request, if it has one that may be used. */
export function imageToolOf(body: ResponsesBody): ImageTool | null {
  if (body.tool_choice === "none") return null;
  return (body.tools?.find((tool) => tool.type === "image_generation") as ImageTool | undefined) ?? null;
}

/** True while the record may still be read. */
export function isKept(record: ResponseRecord, nowMs: number): boolean {
  const age = nowMs - record.createdAt;
  if (record.body.store !== false) return age < KEPT_MS;
  return record.body.background === true && age < record.durationMs + UNSTORED_MS;
}

/** Where the clock says the work stands. */
export function statusAt(record: ResponseRecord, nowMs: number): "queued" | "in_progress" | "done" | "cancelled" {
  if (record.cancelledAt !== null) return "cancelled";
  const age = nowMs - record.createdAt;
  if (age >= record.durationMs) return "done";
  return record.body.background && age < Math.min(1_000, record.durationMs * 0.2) ? "queued" : "in_progress";
}
