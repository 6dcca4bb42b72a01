import { createOpenAIProvider, type OpenAIProviderOptions } from "#lib/adapters/openai/provider.ts";
import type { ProviderError, ProviderHooks, ProviderRequest } from "#lib/runtime/ports.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";

/** A 1×1 PNG. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
export const B64 = PNG.toString("base64");
export const KEY = "sk-canary-0123456789abcdef";
export const asset = (digit: string) => `sha256:${digit.repeat(64)}`;

export type Conversation = Extract<ProviderRequest, { lane: "conversation" }>;
export type Oneshot = Extract<ProviderRequest, { lane: "oneshot" }>;
export type Judge = Extract<ProviderRequest, { lane: "judge" }>;

export const turn = (
  over: Partial<Conversation> = {},
  tool: Partial<Conversation["tool"] & object> = {},
): Conversation => ({
  lane: "conversation",
  callKey: "key/0#1",
  model: "gpt-6.1-terra",
  instructions: "House style: soft light.",
  parts: [{ type: "text", text: "A trail sneaker" }],
  tool: {
    imageModel: "gpt-image-2.5-flare",
    action: "generate",
    size: "1024x1024",
    quality: "high",
    background: "auto",
    format: "png",
    moderation: "auto",
    partials: 0,
    ...tool,
  },
  ...over,
});
export const streamed = (over: Partial<Conversation> = {}) => turn(over, { partials: 2 });

export const talk = (): Conversation => ({ ...turn(), tool: undefined });

export const oneshot = (over: Partial<Oneshot> = {}): Oneshot => ({
  lane: "oneshot",
  callKey: "key/0#1",
  op: "generate",
  imageModel: "gpt-image-2.5-flare",
  prompt: "A trail sneaker",
  images: [],
  n: 1,
  size: "1024x1024",
  quality: "low",
  background: "auto",
  format: "png",
  moderation: "auto",
  partials: 0,
  ...over,
});

export const judge = (over: Partial<Judge> = {}): Judge => ({
  lane: "judge",
  callKey: "key/0#1",
  model: "gpt-6.1-terra",
  instructions: "Judge the picture.",
  parts: [
    { type: "text", text: "Is it sharp?" },
    { type: "image", asset: asset("a") },
  ],
  name: "verdict",
  schema: { type: "object", properties: { sharp: { type: "boolean" }, why: { type: "string" } }, required: ["sharp"] },
  ...over,
});

export const USAGE = { input_tokens: 2400, input_tokens_details: { cached_tokens: 400 }, output_tokens: 100 };
export const IMAGE_USAGE = {
  input_tokens: 50,
  input_tokens_details: { image_tokens: 0, text_tokens: 50 },
  output_tokens: 7024,
};

/** 2000·1 + 400·0.05 + 100·5 micro-USD for the words, 50·5 + 7024·30 for the picture. */
export const COST = 2000 + 20 + 500 + 250 + 210_720;

export const imageItem = (over: Record<string, unknown> = {}) => ({
  type: "image_generation_call",
  id: "ig_1",
  status: "completed",
  result: B64,
  revised_prompt: "A trail sneaker on a rock",
  action: "generate",
  size: "1024x1024",
  quality: "high",
  background: "opaque",
  output_format: "png",
  ...over,
});
export const message = (text: string) => ({
  type: "message",
  id: "msg_1",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text, annotations: [] }],
});

export const response = (over: Record<string, unknown> = {}) => ({
  id: "resp_1",
  object: "response",
  status: "completed",
  model: "gpt-6.1-terra-2026-10-26",
  error: null,
  incomplete_details: null,
  output: [{ type: "reasoning", id: "rs_1", summary: [] }, imageItem()],
  usage: USAGE,
  tool_usage: { image_gen: IMAGE_USAGE, web_search: { num_requests: 0 } },
  ...over,
});
export const queued = (over: Record<string, unknown> = {}) =>
  response({ status: "queued", output: [], usage: null, tool_usage: null, ...over });

/** The events of a good stream, in the order the provider documents. */
export const goodEvents = () => [
  { type: "response.created", response: queued({ status: "in_progress" }) },
  { type: "response.queued", response: queued() },
  { type: "response.in_progress", response: queued({ status: "in_progress" }) },
  { type: "response.output_item.added", output_index: 0, item: imageItem({ status: "in_progress", result: null }) },
  { type: "response.image_generation_call.in_progress", output_index: 0, item_id: "ig_1" },
  { type: "response.image_generation_call.generating", output_index: 0, item_id: "ig_1" },
  partialEvent(0),
  partialEvent(1),
  { type: "response.image_generation_call.completed", output_index: 0, item_id: "ig_1" },
  { type: "response.output_item.done", output_index: 0, item: imageItem() },
  { type: "response.completed", response: response() },
];
export const partialEvent = (index: number) => ({
  type: "response.image_generation_call.partial_image",
  item_id: "ig_1",
  output_index: 0,
  partial_image_index: index,
  partial_image_b64: B64,
});

export function provider(baseURL: string, over: Partial<OpenAIProviderOptions> = {}) {
  return createOpenAIProvider({
    apiKey: KEY,
    baseURL,
    name: "openai",
    simulated: false,
    timeoutMs: 10_000,
    idleTimeoutMs: 5_000,
    clock: systemClock,
    readAsset: async (name) => ({ bytes: Buffer.concat([PNG, Buffer.from(name.slice(7, 9))]), mediaType: "image/png" }),
    ...over,
  });
}

/** Hooks that remember what they were told. */
export function hooks(over: Partial<ProviderHooks> = {}) {
  const told = { accepted: [] as { responseId: string; requestId?: string }[], partials: [] as number[] };
  const stop = new AbortController();
  const all: ProviderHooks = {
    signal: stop.signal,
    accepted: async (ids) => void told.accepted.push(ids),
    partial: (_bytes, index) => void told.partials.push(index),
    ...over,
  };
  return { ...all, told, stop };
}

/** What a promise was rejected with. */
export const rejection = async (promise: Promise<unknown>): Promise<ProviderError> =>
  promise.then(
    () => {
      throw new Error("it should have failed");
    },
    (error: ProviderError) => error,
  );
