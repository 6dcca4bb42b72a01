import type { Envelope } from "../responses/envelope.ts";
import type { AnswerFault } from "./fault-script.ts";

const HUGE = Number.MAX_SAFE_INTEGER;

/** Usage figures as a faulty answer carries them. */
export function spoilUsage(envelope: Envelope, fault: AnswerFault): Envelope {
  if (fault.name === "missing-usage") {
    const { tool_usage: _left, ...rest } = envelope;
    return { ...rest, usage: null } as Envelope;
  }
  if (fault.name !== "bad-usage") return envelope;
  const figure = fault.args.kind === "huge" ? HUGE : fault.args.kind === "text" ? "many" : -7;
  const usage = { input_tokens: figure, output_tokens: figure, total_tokens: figure };
  return {
    ...envelope,
    usage,
    tool_usage: {
      image_gen: { ...usage, input_tokens_details: { image_tokens: figure, text_tokens: figure } },
      web_search: { num_requests: 0 },
    },
  };
}
