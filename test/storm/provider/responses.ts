import { createHash } from "node:crypto";
import type { FaultRule } from "./faults.ts";
import { drawPng } from "./png.ts";
import type { Seen } from "./rules.ts";
import type { ResponseRequest } from "./wire.ts";

/** A response the provider holds: what it will say about it now and when it is done. */
export type Held = {
  id: string;
  request: ResponseRequest;
  fault?: FaultRule;
  createdAt: number;
  doneAt: number;
  status: "queued" | "in_progress" | "completed" | "failed" | "cancelled";
  stored: boolean;
  /** The provider forgot it. */
  gone: boolean;
  /** Failing polls left. */
  pollFaults: number;
  picture?: Seen;
  seed: number;
  output?: unknown[];
  /** What a judge says, where it was told what to say. */
  judgement?: string;
  /** SHA-256 (hex) of the picture it drew, whatever became of it. */
  hash?: string;
};

const MODERATED = {
  code: "moderation_blocked",
  type: "image_generation_user_error",
  message: "The picture was refused by the safety system.",
  moderation_details: { moderation_stage: "output", categories: ["violence"] },
};

const message = (text: string) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text, annotations: [] }],
});

function drawn(held: Held, side: number, order: number): Record<string, unknown> {
  const [tool] = held.request.tools ?? [];
  const bytes = drawPng(side, held.seed + order);
  held.hash ??= createHash("sha256").update(bytes).digest("hex");
  return {
    id: `ig_${held.id.slice(5)}_${order}`,
    type: "image_generation_call",
    status: "completed",
    result: bytes.toString("base64"),
    revised_prompt: "A picture, as it was asked for.",
    action: tool?.action === "edit" ? "edit" : "generate",
    size: tool?.size,
    quality: tool?.quality,
    background: tool?.background,
    output_format: "png",
  };
}

/** What the response holds once it is done; made once. */
export function outputOf(held: Held, side: number): unknown[] {
  held.output ??= makeOutput(held, side);
  return held.output;
}

function makeOutput(held: Held, side: number): unknown[] {
  if (!held.request.tools?.length)
    return [message(held.request.text ? (held.judgement ?? "{}") : "Understood: soft light, low angle.")];
  const picture = drawn(held, side, 0);
  switch (held.fault?.fault) {
    case "text-only":
      return [message("Here is your picture!")];
    case "null-result":
      return [{ ...picture, result: null }];
    case "moderation-in-200":
      return [{ ...picture, status: "failed", result: null, error: MODERATED }];
    case "bad-picture":
      return [{ ...picture, result: Buffer.from("this is no picture").toString("base64") }];
    case "two-pictures":
      return [picture, drawn(held, side, 1)];
    default:
      return [picture];
  }
}

/** The response as the API shows it at this moment. */
export function shown(held: Held, side: number): Record<string, unknown> {
  const done = held.status === "completed";
  const usage = {
    input_tokens: 2400,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 60,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 2460,
  };
  const image = {
    input_tokens: 40,
    input_tokens_details: { image_tokens: 0, text_tokens: 40 },
    output_tokens: 196,
    total_tokens: 236,
  };
  return {
    id: held.id,
    object: "response",
    created_at: Math.floor(held.createdAt / 1000),
    status: held.status,
    background: held.request.background ?? false,
    model: held.request.model,
    previous_response_id: held.request.previous_response_id ?? null,
    metadata: held.request.metadata,
    error: held.status === "failed" ? { code: "server_error", message: "The drawing failed." } : null,
    incomplete_details: null,
    output: done ? outputOf(held, side) : [],
    ...(done && held.fault?.fault !== "no-usage" ? { usage, tool_usage: { image_gen: image } } : {}),
  };
}
