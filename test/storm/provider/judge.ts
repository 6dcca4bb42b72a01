import { createHash } from "node:crypto";
import type { Held } from "./responses.ts";
import type { ResponseRequest } from "./wire.ts";

type Schema = { type?: string | string[]; properties?: Record<string, Schema>; enum?: unknown[] };

/** Which variant of its first call a picture goes back to (the slot in the call's key), and how many turns it took. */
function lineOf(held: Held, responses: ReadonlyMap<string, Held>): { variant: number; turn: number } {
  let [at, turn]: [Held, number] = [held, 0];
  for (let before = parentOf(at, responses); before; before = parentOf(at, responses)) [at, turn] = [before, turn + 1];
  return { variant: Number(/\/(\d+)#/.exec(at.request.metadata?.call_key ?? "")?.[1] ?? 0), turn };
}

const parentOf = (held: Held, responses: ReadonlyMap<string, Held>): Held | undefined =>
  responses.get(held.request.previous_response_id ?? "");

/** Fills a form by what its schema asks: every number the score, every text the reason. */
function fill(schema: Schema, score: number, reason: string): unknown {
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([key, part]) => [key, fill(part, score, reason)]));
  if (schema.enum) return schema.enum[0];
  const type = [schema.type].flat();
  if (type.includes("null")) return null;
  return type.includes("number") ? score : type.includes("string") ? reason : null;
}

/** The answer of a judge whose opinion is written down: `scores[variant][turn]` for the picture it is shown first. */
export function judgement(
  request: ResponseRequest,
  responses: ReadonlyMap<string, Held>,
  scores: readonly (readonly number[])[],
): string {
  const url = request.input.flatMap(({ content }) =>
    content.flatMap((part) => (part.type === "input_image" ? [part.image_url] : [])),
  )[0];
  const hash = createHash("sha256")
    .update(Buffer.from(url?.split(",")[1] ?? "", "base64"))
    .digest("hex");
  const shown = [...responses.values()].find((held) => held.hash === hash);
  const line = shown && lineOf(shown, responses);
  const score = line ? (scores[line.variant]?.[line.turn] ?? 0) : 0;
  const reason = line ? `Variant ${line.variant} after ${line.turn} changes is worth ${score}.` : "Never seen before.";
  return JSON.stringify(fill((request.text?.format.schema ?? {}) as Schema, score, reason));
}
