import OpenAI from "openai";
import { createSimulator, type Simulator, type SimulatorOptions } from "#lib/adapters/simulator/simulator.ts";

/** A simulator without latency and the real SDK talking to it. */
export function simulated(options: SimulatorOptions = {}): { simulator: Simulator; client: OpenAI } {
  const simulator = createSimulator({ latencyMs: 0, ...options });
  return { simulator, client: clientOf(simulator.fetch) };
}

/** The real SDK over a given fetch, without retries of its own. */
export function clientOf(fetch: typeof globalThis.fetch, baseURL = "http://simulator.invalid/v1"): OpenAI {
  return new OpenAI({ apiKey: "x", fetch, maxRetries: 0, baseURL, timeout: 60_000, logLevel: "off" });
}

/** The image tool as our adapter sends it, at the smallest size there is. */
export const drawTool = (more: object = {}) =>
  ({
    type: "image_generation",
    model: "gpt-image-2.5-flare",
    size: "1024x640",
    quality: "low",
    ...more,
  }) as OpenAI.Responses.Tool.ImageGeneration;

/** A request that must draw. */
export const drawing = (input: OpenAI.Responses.ResponseCreateParams["input"], more: object = {}, tool: object = {}) =>
  ({
    model: "gpt-6.1-terra",
    input,
    tools: [drawTool(tool)],
    tool_choice: { type: "image_generation" },
    ...more,
  }) as OpenAI.Responses.ResponseCreateParamsNonStreaming;

/** The picture call of a response. */
export function pictureOf(response: OpenAI.Responses.Response) {
  return response.output.find(
    (item) => item.type === "image_generation_call",
  ) as OpenAI.Responses.ResponseOutputItem.ImageGenerationCall;
}

/** Decoded bytes of a response's picture. */
export const bytesOf = (response: OpenAI.Responses.Response): Buffer =>
  Buffer.from(pictureOf(response).result ?? "", "base64");
