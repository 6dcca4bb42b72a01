import type { ProviderAnswer, ProviderHooks, ProviderRequest } from "../../runtime/ports.ts";
import { requestIdOf } from "./clean-message.ts";
import { readJson, type Start, showPartial, streamError, Truncated, type Watch } from "./create.ts";
import { exchange, type Wire } from "./exchange.ts";
import { readImages } from "./read-images.ts";
import { eventsOf, typeOf } from "./sse.ts";
import { isRecord } from "./wire-response.ts";

type Oneshot = Extract<ProviderRequest, { lane: "oneshot" }>;

/** One call of the Image API. It names no id: what breaks off is lost track of, and thrown as such. */
export async function drawOneshot(
  watch: Watch,
  request: Oneshot,
  start: Start,
  hooks: ProviderHooks,
): Promise<ProviderAnswer> {
  const how = { clock: watch.clock, signal: watch.box.signal, silenceMs: watch.silenceMs };
  return await exchange(how, start, async (wire) => {
    const type = wire.response.headers.get("content-type") ?? "";
    if (type.toLowerCase().includes("text/event-stream")) return await readStream(wire, watch, request, hooks);
    const { json, requestId } = await readJson(wire, watch.context);
    return readImages(json, request, watch.context, requestId);
  });
}

async function readStream(wire: Wire, watch: Watch, request: Oneshot, hooks: ProviderHooks): Promise<ProviderAnswer> {
  const requestId = requestIdOf(wire.response.headers, watch.context.secrets);
  for await (const event of eventsOf(wire.chunks)) {
    if (event.data === "[DONE]") continue;
    const json: unknown = JSON.parse(event.data);
    if (!isRecord(json)) continue;
    const type = typeOf(event);
    if (type === "error" || isRecord(json.error)) throw streamError(json, watch.context, requestId);
    if (type.endsWith(".partial_image")) showPartial(json, hooks);
    if (type.endsWith(".completed")) return readImages({ ...json, data: [json] }, request, watch.context, requestId);
  }
  throw new Truncated("", undefined, requestId);
}
