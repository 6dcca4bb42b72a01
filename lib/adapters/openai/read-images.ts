import { costOfUsage } from "../../protocol/models.ts";
import type { ProviderAnswer, ProviderRequest } from "../../runtime/ports.ts";
import { ProviderError } from "../../runtime/ports.ts";
import { type ErrorContext, fromObject, protocolError, type WireError } from "./errors.ts";
import { pictureOf } from "./pictures.ts";
import { isRecord } from "./wire-response.ts";

type Oneshot = Extract<ProviderRequest, { lane: "oneshot" }>;
const GIVEN = ["size", "quality", "background", "output_format"] as const;

/** The pictures of an Image API answer (its JSON, or a stream's completed event as `{ ...event, data: [event] }`). */
export function readImages(json: unknown, request: Oneshot, context: ErrorContext, requestId?: string): ProviderAnswer {
  if (!isRecord(json)) throw protocolError("answered with JSON that is no object", context, requestId);
  const list = (Array.isArray(json.data) ? json.data : []).filter(isRecord);
  const read = list.map((each) => (typeof each.b64_json === "string" ? pictureOf(each.b64_json) : undefined));
  const given = Object.fromEntries(GIVEN.filter((key) => json[key] != null).map((key) => [key, json[key]]));
  const pictures = read.flatMap((each, index) => {
    const revised = list[index]?.revised_prompt;
    return each && "bytes" in each
      ? [{ bytes: each.bytes, given, ...(typeof revised === "string" ? { revisedPrompt: revised } : {}) }]
      : [];
  });
  const costMicro = costOfUsage({ imageModel: request.imageModel, imageUsage: json.usage, pictures: list.length });
  const more = { requestId, costMicro };
  if (pictures.length === 0) {
    if (isRecord(json.error)) throw fromObject(json.error as WireError, "failed", context, more);
    if (!("data" in json)) throw protocolError("answered with JSON of another kind", context, requestId);
    const fault = read.find((each) => each && "fault" in each);
    throw fault && "fault" in fault
      ? new ProviderError(
          "failed",
          "BAD_UPSTREAM_IMAGE",
          `The provider's picture cannot be used: ${fault.fault}.`,
          more,
        )
      : new ProviderError("failed", "EMPTY_RESULT", "The provider answered without a picture.", more);
  }
  return {
    requestId,
    pictures,
    model: request.imageModel,
    ...(isRecord(json.usage) ? { usage: json.usage } : {}),
    costMicro,
  };
}
