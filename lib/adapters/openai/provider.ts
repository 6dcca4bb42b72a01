import type OpenAI from "openai";
import {
  AssetMissing,
  type Clock,
  DiskFull,
  type Provider,
  type ProviderAnswer,
  ProviderError,
  type ProviderHooks,
  type ProviderRequest,
} from "../../runtime/ports.ts";
import { cleanMessage } from "./clean-message.ts";
import { openaiClient } from "./client.ts";
import { createPlain, createStreamed, HookFailed, readJson, type Start, Truncated, type Watch } from "./create.ts";
import { type ErrorContext, fromThrown } from "./errors.ts";
import { estimate } from "./estimate.ts";
import { exchange } from "./exchange.ts";
import { imagesRequest } from "./images-body.ts";
import { drawOneshot } from "./oneshot.ts";
import { createPollRhythm, type PollRhythm } from "./poll-rhythm.ts";
import type { RateInfo } from "./rate-headers.ts";
import { readResponse } from "./read-response.ts";
import { conversationBody, judgeBody, type ReadAsset } from "./responses-body.ts";
import { cancelAndSettle, type Settled, type Settling, settle } from "./settle.ts";
import { type TimeBox, timeBox } from "./time-box.ts";
import { type Fetch, TransportError } from "./transport.ts";
import { isRecord, isSettled, type WireResponse } from "./wire-response.ts";

export type OpenAIProviderOptions = {
  apiKey: string;
  /** Any server that speaks the same protocol; its path usually ends in /v1. Left out: OpenAI. */
  baseURL?: string;
  /** Replaces the pooled connections, e.g. to answer in process. */
  fetch?: Fetch;
  readAsset: ReadAsset;
  name: "openai" | "simulator";
  simulated: boolean;
  /** One call's whole time, from sending to the settled answer. */
  timeoutMs: number;
  /** Silence on a stream, or on a read, after which it is given up and asked for by id. */
  idleTimeoutMs: number;
  clock: Clock;
  organization?: string;
  /** Hears what every answer's rate-limit headers say. */
  onRate?(info: RateInfo): void;
};

export const OPENAI_BASE_URL = "https://api.openai.com/v1";

type Conversation = Extract<ProviderRequest, { lane: "conversation" }>;
type Judge = Extract<ProviderRequest, { lane: "judge" }>;

/** The base URL as it may be shown: no user, password or query. Throws TypeError when it is not an http(s) address. */
function shownUrl(baseURL: string): string {
  const url = new URL(baseURL);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError("The base URL must be http or https.");
  if (url.username || url.password) throw new TypeError("The base URL must not hold a user name or password.");
  return `${url.origin}${url.pathname}`.replace(/\/$/, "");
}

/**
 * The Provider port on OpenAI's Responses and Image APIs, or on any server of that protocol. Never repeats a paid request; reads by id are
 * free and repeated until settled. `close` drops the kept-alive connections.
 */
export function createOpenAIProvider(options: OpenAIProviderOptions): Provider & { close(): Promise<void> } {
  const baseURL = options.baseURL ?? OPENAI_BASE_URL;
  const shown = shownUrl(baseURL);
  const { client, close } = openaiClient({ ...options, baseURL });
  const contextOf = (request: ProviderRequest): ErrorContext => ({
    baseUrl: shown,
    secrets: [options.apiKey],
    now: () => options.clock.now(),
    request,
  });
  const calls = {
    retrieve:
      (id: string): Start =>
      (signal) =>
        client.responses.retrieve(id, {}, { signal }).asResponse(),
    cancel:
      (id: string): Start =>
      (signal) =>
        client.responses.cancel(id, { signal }).asResponse(),
  };
  const rhythms = new Map<string, PollRhythm>();
  /** Words and pictures, and every model, take their own time. */
  const rhythmOf = (request: ProviderRequest): PollRhythm => {
    const kind =
      request.lane === "conversation"
        ? `${request.tool?.imageModel ?? request.model} ${request.tool?.quality} ${request.tool?.size}`
        : "";
    const known = rhythms.get(kind) ?? createPollRhythm();
    rhythms.set(kind, known);
    return known;
  };
  const settlingOf = (request: ProviderRequest): Settling => ({
    clock: options.clock,
    silenceMs: options.idleTimeoutMs,
    context: contextOf(request),
    calls,
    rhythm: rhythmOf(request),
  });
  const watchOf = (request: ProviderRequest, box: TimeBox): Watch => ({
    clock: options.clock,
    box,
    silenceMs: options.idleTimeoutMs,
    context: contextOf(request),
  });
  const create =
    (body: OpenAI.Responses.ResponseCreateParams): Start =>
    (signal) =>
      client.responses.create(body, { signal }).asResponse();

  async function converse(request: Conversation, box: TimeBox, hooks: ProviderHooks): Promise<ProviderAnswer> {
    const body = await conversationBody(request, options.readAsset);
    const send = body.stream ? createStreamed : createPlain;
    const created = await send(watchOf(request, box), create(body), hooks);
    const { id, requestId, response } = created;
    if (response && isSettled(response)) return readResponse(response, request, contextOf(request), requestId);
    return answerOf(await settle(settlingOf(request), box, id, response === undefined), request, requestId);
  }

  async function judge(request: Judge, box: TimeBox): Promise<ProviderAnswer> {
    const body = await judgeBody(request, options.readAsset);
    const watch = watchOf(request, box);
    const how = { clock: options.clock, signal: box.signal, silenceMs: options.idleTimeoutMs };
    const { json, requestId } = await exchange(how, create(body), (wire) => readJson(wire, watch.context));
    return readResponse(isRecord(json) ? (json as WireResponse) : {}, request, watch.context, requestId);
  }

  async function oneshot(request: Extract<ProviderRequest, { lane: "oneshot" }>, box: TimeBox, hooks: ProviderHooks) {
    const { path, body } = await imagesRequest(request, options.readAsset);
    const start: Start =
      body instanceof FormData
        ? async (signal) => {
            // Encoded here: the pooled fetch does not know the FormData of the platform.
            const form = new Response(body);
            const bytes = Buffer.from(await form.arrayBuffer());
            const headers = { "content-type": form.headers.get("content-type") ?? "multipart/form-data" };
            return await client.post(path, { body: bytes, headers, signal }).asResponse();
          }
        : (signal) => client.post(path, { body, signal }).asResponse();
    return await drawOneshot(watchOf(request, box), request, start, hooks);
  }

  function answerOf(
    settled: Settled & { stopped?: boolean },
    request: Conversation,
    requestId?: string,
  ): ProviderAnswer {
    try {
      return readResponse(settled.response, request, contextOf(request), requestId ?? settled.requestId);
    } catch (error) {
      if (!settled.stopped || !(error instanceof ProviderError)) throw error;
      const seconds = Math.round(options.timeoutMs / 1000);
      const { requestId: id, costMicro } = error;
      const message = `The picture was not ready after ${seconds} s and was cancelled at the provider.`;
      throw new ProviderError("failed", "TIMEOUT", message, { requestId: id, costMicro });
    }
  }

  /** Runs `work` inside a time box and lets nothing but ProviderErrors (and what a hook threw) out. */
  async function boxed<T>(
    request: ProviderRequest,
    caller: AbortSignal | undefined,
    work: (box: TimeBox) => Promise<T>,
  ): Promise<T> {
    const box = timeBox(options.clock, options.timeoutMs, caller);
    try {
      return await work(box);
    } catch (error) {
      if (error instanceof HookFailed) throw error.inner;
      if (box.signal.aborted && !(error instanceof ProviderError))
        throw fromThrown(box.signal.reason, contextOf(request));
      if (error instanceof AssetMissing)
        throw new ProviderError("rejected", "ASSET_MISSING", cleanMessage(error.message));
      // Only read before anything is sent.
      if (error instanceof DiskFull) throw new ProviderError("unavailable", error.code, cleanMessage(error.message));
      if (error instanceof Truncated) throw truncated(error, contextOf(request));
      throw fromThrown(error, contextOf(request));
    } finally {
      box.end();
    }
  }

  return {
    name: options.name,
    simulated: options.simulated,
    estimate,
    send: (request, hooks) =>
      boxed(request, hooks.signal, (box) => {
        if (request.lane === "conversation") return converse(request, box, hooks);
        return request.lane === "judge" ? judge(request, box) : oneshot(request, box, hooks);
      }),
    fetch: (responseId, request, hooks) =>
      boxed(request, hooks.signal, async (box) => {
        const asked = conversation(request);
        return answerOf(await settle(settlingOf(request), box, responseId, true), asked);
      }),
    cancel: (responseId, request) =>
      boxed(request, undefined, async () => {
        const { response, requestId } = await cancelAndSettle(settlingOf(request), responseId);
        if (response.status === "cancelled") return undefined;
        return readResponse(response, conversation(request), contextOf(request), requestId);
      }),
    close,
  };
}

function conversation(request: ProviderRequest): Conversation {
  if (request.lane === "conversation") return request;
  throw new ProviderError("gone", "no_response_id", "Calls of this lane leave nothing at the provider to ask for.");
}

/** An answer that broke off before it named a response. */
function truncated(error: Truncated, context: ErrorContext): ProviderError {
  const cause = error.reason === undefined ? undefined : fromThrown(error.reason, context, error.requestId);
  if (cause && error.reason instanceof TransportError)
    return new ProviderError("uncertain", cause.code, cause.message, { requestId: error.requestId });
  return cause ?? new ProviderError("uncertain", "TRUNCATED", error.message, { requestId: error.requestId });
}
