import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Call } from "./call.ts";
import { json, type Reply } from "./http/reply.ts";
import { blockedCategories } from "./requests/moderate.ts";
import { parseStrictly } from "./requests/parse-strictly.ts";
import { jsonBody } from "./requests/read-body.ts";

const part = z.union([z.string(), z.looseObject({ type: z.enum(["text", "image_url"]), text: z.string().optional() })]);
const body = z.strictObject({ model: z.string().nullish(), input: z.union([z.string(), z.array(part)]) });
const CATEGORIES = ["harassment", "hate", "self-harm", "sexual", "violence"];

/** POST /moderations: the same few words that stop a picture. */
export function moderate(call: Call): Reply {
  const { input, model } = parseStrictly(body, jsonBody(call.incoming));
  const text =
    typeof input === "string"
      ? input
      : input.map((one) => (typeof one === "string" ? one : (one.text ?? ""))).join("\n");
  const found = blockedCategories(text);
  const each = <T>(value: (category: string) => T) =>
    Object.fromEntries(CATEGORIES.map((category) => [category, value(category)]));
  const result = {
    flagged: found.length > 0,
    categories: each((category) => found.includes(category)),
    category_scores: each((category) => (found.includes(category) ? 0.97 : 0.001)),
    category_applied_input_types: each(() => ["text"]),
  };
  return json({ id: `modr-${randomUUID().slice(0, 12)}`, model: model ?? "omni-moderation-latest", results: [result] });
}
