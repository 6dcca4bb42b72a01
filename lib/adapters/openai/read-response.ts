import { costOfUsage } from "../../protocol/models.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import { type DrawnPicture, type ProviderAnswer, ProviderError, type ProviderRequest } from "../../runtime/ports.ts";
import { cleanMessage } from "./clean-message.ts";
import { type ErrorContext, fromObject } from "./errors.ts";
import { pictureOf } from "./pictures.ts";
import { withoutNulls } from "./strict-schema.ts";
import { isRecord, type WireItem, type WireResponse } from "./wire-response.ts";

type Asked = Extract<ProviderRequest, { lane: "conversation" | "judge" }>;
type More = { requestId?: string; costMicro?: MicroUsd };

const GIVEN = ["action", "size", "quality", "background", "output_format"] as const;

function pictureItems(items: WireItem[]): { pictures: DrawnPicture[]; faults: string[] } {
  const pictures: DrawnPicture[] = [];
  const faults: string[] = [];
  for (const item of items) {
    if (item.status === "failed" || typeof item.result !== "string") continue;
    const read = pictureOf(item.result);
    if ("fault" in read) {
      faults.push(read.fault);
      continue;
    }
    pictures.push({
      bytes: read.bytes,
      callId: item.id,
      ...(typeof item.revised_prompt === "string" ? { revisedPrompt: item.revised_prompt } : {}),
      given: Object.fromEntries(GIVEN.filter((key) => item[key] != null).map((key) => [key, item[key]])),
    });
  }
  return { pictures, faults };
}

function wordsOf(items: WireItem[], part: "output_text" | "refusal"): string {
  const contents = items.filter((item) => item.type === "message").flatMap((item) => item.content ?? []);
  const words = contents
    .filter((content) => content.type === part)
    .map((c) => (part === "refusal" ? c.refusal : c.text));
  return words.filter((each) => typeof each === "string").join("\n");
}

const failed = (code: string, message: string, more: More): ProviderError =>
  new ProviderError("failed", code, cleanMessage(message), more);

const refusedInWords = (refusal: string, more: More): ProviderError =>
  new ProviderError("refused", "moderation", cleanMessage(refusal), { ...more, details: { stage: "model" } });

/** The whole response went wrong: why. */
function responseFault(response: WireResponse, context: ErrorContext, more: More): ProviderError | undefined {
  if (response.status === "cancelled") return failed("cancelled", "The response was cancelled at the provider.", more);
  if (response.status === "failed" || response.error)
    return fromObject(
      response.error ?? { message: "The provider marked the response as failed." },
      "failed",
      context,
      more,
    );
  if (response.status !== "incomplete") return undefined;
  const reason = response.incomplete_details?.reason ?? "unknown";
  if (reason === "content_filter")
    return new ProviderError("refused", "moderation", "The provider's content filter stopped the answer.", {
      ...more,
      details: { stage: "output", providerCode: reason },
    });
  return failed("INCOMPLETE", `The answer stopped before its end (${reason}).`, more);
}

/** No picture came although one was forced: what the items say about it. */
function pictureFault(
  calls: WireItem[],
  faults: string[],
  words: string,
  context: ErrorContext,
  more: More,
): ProviderError {
  const wrong = calls.find((item) => item.error)?.error;
  if (wrong) return fromObject(wrong, "failed", context, more);
  if (faults.length > 0)
    return failed("BAD_UPSTREAM_IMAGE", `The provider's picture cannot be used: ${faults[0]}.`, more);
  if (calls.some((item) => item.status === "failed"))
    return failed("image_generation_failed", "The image tool failed.", more);
  const said = words ? ` It said: ${words.slice(0, 200)}` : "";
  return failed(
    "EMPTY_RESULT",
    calls.length > 0 ? "The image call gave no picture." : `The model drew no picture.${said}`,
    more,
  );
}

/**
 * The answer in a settled response; items are told apart by type, never by position. Throws ProviderError (failed, refused, rate_limit,
 * quota) with the cost the provider reported all the same.
 */
export function readResponse(
  response: WireResponse,
  request: Asked,
  context: ErrorContext,
  requestId?: string,
): ProviderAnswer {
  const items = Array.isArray(response.output) ? (response.output.filter(isRecord) as WireItem[]) : [];
  const calls = items.filter((item) => item.type === "image_generation_call");
  const { pictures, faults } = pictureItems(calls);
  const tool = request.lane === "conversation" ? request.tool : undefined;
  const costMicro = costOfUsage({
    textModel: request.model,
    imageModel: tool?.imageModel,
    usage: response.usage,
    imageUsage: response.tool_usage?.image_gen,
    pictures: pictures.length + faults.length,
  });
  const more = { requestId, costMicro };
  const fault = responseFault(response, context, more);
  // A picture that was drawn before the answer broke off is paid for, so it is kept.
  if (fault && !(response.status === "incomplete" && pictures.length > 0)) throw fault;
  const refusal = wordsOf(items, "refusal");
  const text = wordsOf(items, "output_text");
  if (pictures.length === 0) {
    if (refusal) throw refusedInWords(refusal, more);
    if (tool) throw pictureFault(calls, faults, text, context, more);
    if (!text.trim()) throw failed("EMPTY_RESULT", "The model gave no answer.", more);
  }
  return {
    responseId: response.id,
    requestId,
    pictures,
    ...(text ? { text } : {}),
    ...(request.lane === "judge" ? { json: jsonOf(text, request.schema, more) } : {}),
    model: typeof response.model === "string" ? response.model : undefined,
    usage: usageOf(response),
    costMicro,
  };
}

function usageOf(response: WireResponse): Record<string, unknown> | undefined {
  const image = response.tool_usage?.image_gen;
  if (!isRecord(response.usage) && !isRecord(image)) return undefined;
  return { ...(isRecord(response.usage) ? response.usage : {}), ...(isRecord(image) ? { image_gen: image } : {}) };
}

function jsonOf(text: string, schema: Record<string, unknown>, more: More): unknown {
  try {
    return withoutNulls(schema, JSON.parse(text));
  } catch {
    throw failed("BAD_UPSTREAM_JSON", "The model's answer is not the JSON it was asked for.", more);
  }
}
