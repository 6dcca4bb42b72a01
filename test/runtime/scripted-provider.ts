import sharp from "sharp";
import {
  type Provider,
  type ProviderAnswer,
  ProviderError,
  type ProviderHooks,
  type ProviderRequest,
} from "#lib/runtime/ports.ts";

/** What a scripted provider does with one request; undefined = draws. */
export type Script = (
  request: ProviderRequest,
  count: number,
) => undefined | ProviderError | ((hooks: ProviderHooks) => Promise<ProviderAnswer>);

const picture = (seed: number): Promise<Buffer> =>
  sharp({
    create: {
      width: 64,
      height: 64,
      channels: 3,
      background: { r: (seed * 37) % 256, g: (seed * 91) % 256, b: (seed * 151) % 256 },
    },
  })
    .png()
    .toBuffer();

/** A provider in this process: remembers what it was sent, draws flat colours, follows a script. Every picture costs 10,000 micro-USD. */
export function scriptedProvider(options: { script?: Script; latencyMs?: number; simulated?: boolean } = {}) {
  const sent: ProviderRequest[] = [];
  const fetched: string[] = [];
  const cancelled: string[] = [];
  let count = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  const answer = async (request: ProviderRequest, id: string): Promise<ProviderAnswer> => {
    if (request.lane === "judge") return { pictures: [], json: { score: 1 }, costMicro: 1000 };
    if (request.lane === "conversation" && !request.tool)
      return {
        responseId: id,
        pictures: [],
        text: `An answer to: ${JSON.stringify(request.parts).slice(0, 80)}`,
        costMicro: 1000,
      };
    const many = request.lane === "oneshot" ? request.n : 1;
    const pictures = await Promise.all(
      Array.from({ length: many }, async (_, index) => ({
        bytes: await picture(Number(id.slice(5)) * 11 + index),
        callId: `ig_${id}`,
        revisedPrompt: "revised",
      })),
    );
    return {
      ...(request.lane === "conversation" ? { responseId: id } : {}),
      pictures,
      costMicro: 10_000 * many,
      usage: { total_tokens: 7 },
    };
  };
  const provider: Provider = {
    name: options.simulated ? "simulator" : "openai",
    simulated: options.simulated ?? false,
    estimate: (request) => (request.lane === "oneshot" ? 20_000 * request.n : 20_000),
    async send(request, hooks) {
      sent.push(request);
      const number = ++count;
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      try {
        const told = options.script?.(request, number);
        if (told instanceof ProviderError) throw told;
        if (told) return await told(hooks);
        const id = `resp_${number}`;
        if (request.lane === "conversation") await hooks.accepted({ responseId: id });
        if (options.latencyMs) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
        if (hooks.signal.aborted) throw new ProviderError("aborted", "aborted", "aborted");
        return await answer(request, id);
      } finally {
        inFlight -= 1;
      }
    },
    async fetch(responseId, request) {
      fetched.push(responseId);
      return await answer(request, responseId);
    },
    async cancel(responseId) {
      cancelled.push(responseId);
      return undefined;
    },
  };
  return { provider, sent, fetched, cancelled, most: () => mostInFlight };
}
