import type { Clock, ProviderError, ProviderHooks } from "../../runtime/ports.ts";
import { requestIdOf } from "./clean-message.ts";
import { type ErrorContext, fromObject, protocolError, type WireError } from "./errors.ts";
import { exchange, readText, type Wire } from "./exchange.ts";
import { mediaTypeOf } from "./pictures.ts";
import { eventsOf, typeOf } from "./sse.ts";
import type { Expired, TimeBox } from "./time-box.ts";
import { TransportError } from "./transport.ts";
import { idInFragment, isRecord, type WireItem, type WireResponse } from "./wire-response.ts";

export type Watch = { clock: Clock; box: TimeBox; silenceMs: number; context: ErrorContext };
export type Start = (signal: AbortSignal) => Promise<Response>;

/** What a create call gave: the response as last seen, or only its id when the connection broke after it was named. */
export type Created = { id: string; requestId?: string; response?: WireResponse };

/** A hook of our own side failed; passed on untouched. */
export class HookFailed extends Error {
  readonly inner: unknown;
  constructor(inner: unknown) {
    super("a hook failed");
    this.inner = inner;
  }
}

/** The JSON of an answer with a 2xx status. Throws `protocol` when it is something else, `uncertain` when it was cut. */
export async function readJson(wire: Wire, context: ErrorContext): Promise<{ json: unknown; requestId?: string }> {
  const requestId = requestIdOf(wire.response.headers, context.secrets);
  const { text, cut } = await readText(wire);
  const begin = text.trimStart();
  if (!cut && begin === "")
    throw protocolError(`answered HTTP ${wire.response.status} with nothing in it`, context, requestId);
  if (!cut && begin[0] !== "{") throw protocolError("answered with something that is not JSON", context, requestId);
  if (!cut)
    try {
      return { json: JSON.parse(text), requestId };
    } catch {
      // Cut short below.
    }
  throw new Truncated(text.slice(0, 4000), cut, requestId);
}

/** An answer that broke off. `beginning` may still name the response. */
export class Truncated extends Error {
  readonly beginning: string;
  readonly reason: unknown;
  readonly requestId?: string;
  constructor(beginning: string, reason: unknown, requestId?: string) {
    super("The answer broke off in the middle.");
    this.beginning = beginning;
    this.reason = reason;
    this.requestId = requestId;
  }
}

async function accept(hooks: ProviderHooks, responseId: string, requestId: string | undefined): Promise<void> {
  try {
    await hooks.accepted({ responseId, requestId });
  } catch (error) {
    throw new HookFailed(error);
  }
}

/** A create call answered at once with the (usually still queued) response. */
export async function createPlain(watch: Watch, start: Start, hooks: ProviderHooks): Promise<Created> {
  const how = { clock: watch.clock, signal: watch.box.signal, silenceMs: watch.silenceMs };
  const created = await exchange(how, start, (wire) => readCreated(wire, watch.context));
  await accept(hooks, created.id, created.requestId);
  return created;
}

async function readCreated(wire: Wire, context: ErrorContext): Promise<Created> {
  try {
    const { json, requestId } = await readJson(wire, context);
    if (!isRecord(json) || typeof json.id !== "string") {
      if (isRecord(json) && isRecord(json.error))
        throw fromObject(json.error as WireError, "uncertain", context, { requestId });
      throw protocolError("answered with JSON that names no response", context, requestId);
    }
    return { id: json.id, requestId, response: json as WireResponse };
  } catch (error) {
    const id = error instanceof Truncated ? idInFragment(error.beginning) : undefined;
    if (id === undefined) throw error;
    return { id, requestId: (error as Truncated).requestId };
  }
}

/**
 * A create call answered with events. The id is handed over (and made durable) before anything else is read. Only a terminal event ends
 * it well; a cut, silence or an error after the id gives the id back, to be fetched.
 */
export async function createStreamed(watch: Watch, start: Start, hooks: ProviderHooks): Promise<Created> {
  const { context } = watch;
  let created: Created | undefined;
  let requestId: string | undefined;
  const how = { clock: watch.clock, signal: watch.box.signal, silenceMs: watch.silenceMs };
  try {
    return await exchange(how, start, async (wire) => {
      if (!isEventStream(wire.response)) {
        created = await readCreated(wire, context);
        await accept(hooks, created.id, created.requestId);
        return created;
      }
      requestId = requestIdOf(wire.response.headers, context.secrets);
      const items: string[] = [];
      for await (const event of eventsOf(wire.chunks)) {
        const type = typeOf(event);
        // Holds the picture a second time; parsed only if the terminal event should lack it.
        if (type === "response.output_item.done") items.push(event.data);
        if (event.data === "[DONE]" || type === "response.output_item.done") continue;
        const json: unknown = JSON.parse(event.data);
        if (!isRecord(json)) continue;
        const response = isRecord(json.response) ? (json.response as WireResponse) : undefined;
        if (!created && typeof response?.id === "string") {
          created = { id: response.id, requestId };
          await accept(hooks, created.id, requestId);
        }
        if (type.endsWith(".partial_image")) showPartial(json, hooks);
        if (type === "error" && !created) throw streamError(json, context, requestId);
        if (type === "error") break;
        if (created && response && /^response\.(completed|failed|incomplete|cancelled)$/.test(type))
          return { ...created, response: withItems(response, items) };
      }
      if (created) return created;
      throw new Truncated("", undefined, requestId);
    });
  } catch (error) {
    const stopped = watch.box.signal.aborted && (watch.box.signal.reason as Expired).why === "caller";
    if (error instanceof HookFailed || stopped) throw error;
    if (!created) throw error instanceof TransportError ? new Truncated("", error, requestId) : error;
    return created;
  }
}

const isEventStream = (response: Response): boolean =>
  (response.headers.get("content-type") ?? "").toLowerCase().includes("text/event-stream");

/** Unfinished pictures are for show: one that cannot be shown never harms the call. */
export function showPartial(json: Record<string, unknown>, hooks: ProviderHooks): void {
  const base64 = json.partial_image_b64 ?? json.b64_json;
  if (typeof base64 !== "string") return;
  const bytes = Buffer.from(base64, "base64");
  if (!mediaTypeOf(bytes)) return;
  try {
    hooks.partial(bytes, typeof json.partial_image_index === "number" ? json.partial_image_index : 0);
  } catch {
    // Nobody to show it to.
  }
}

/** An error event before the response was named: flat or nested. */
export function streamError(json: Record<string, unknown>, context: ErrorContext, requestId?: string): ProviderError {
  const error = (isRecord(json.error) ? json.error : { ...json, type: undefined }) as WireError;
  const otherwise = error.type === "invalid_request_error" ? "rejected" : "uncertain";
  return fromObject(error, otherwise, context, { requestId });
}

/** The terminal response, with the items sent before it where it came without any. */
function withItems(response: WireResponse, items: string[]): WireResponse {
  if (response.output?.length || items.length === 0) return response;
  const output = items.flatMap((data): WireItem[] => {
    const item = (JSON.parse(data) as { item?: WireItem }).item;
    return item ? [item] : [];
  });
  return { ...response, output };
}
