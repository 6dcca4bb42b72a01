import { spoilUsage } from "../faults/spoil-usage.ts";
import type { Composed, OutputItem } from "./compose.ts";
import { type ResponseRecord, statusAt } from "./response-record.ts";

/** A response object over the wire. */
export type Envelope = Record<string, unknown> & { id: string; status: string; output: OutputItem[] };

/** The response while it is not finished, or cancelled: no output yet. */
export function openEnvelope(record: ResponseRecord, status: string): Envelope {
  const { body } = record;
  return {
    id: record.id,
    object: "response",
    created_at: Math.floor(record.createdAt / 1000),
    status,
    background: body.background ?? false,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: body.max_tool_calls ?? null,
    metadata: body.metadata ?? {},
    model: body.model,
    output: [],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: { effort: body.reasoning?.effort ?? "medium", summary: null },
    safety_identifier: body.safety_identifier ?? null,
    service_tier: "default",
    store: body.store ?? true,
    temperature: 1,
    text: body.text ?? { format: { type: "text" } },
    tool_choice: body.tool_choice ?? "auto",
    tools: body.tools ?? [],
    top_p: 1,
    truncation: body.truncation ?? "disabled",
    usage: null,
  };
}

/** The response once the work is over, with whatever fault belongs to it. */
export function closedEnvelope(record: ResponseRecord, composed: Composed): Envelope {
  const fault = record.fault?.name;
  const failed = fault === "sse-failed" || (fault === "sse-error" && record.fault?.args.outcome === "failed");
  const status = failed ? "failed" : fault === "incomplete" ? "incomplete" : "completed";
  const envelope: Envelope = {
    ...openEnvelope(record, status),
    completed_at: status === "completed" ? Math.floor((record.createdAt + record.durationMs) / 1000) : null,
    error: failed
      ? {
          code: record.fault?.args.code ?? "server_error",
          message: "The server had an error while processing your request.",
          param: null,
          type: "server_error",
        }
      : null,
    incomplete_details: status === "incomplete" ? { reason: record.fault?.args.code ?? "max_output_tokens" } : null,
    output: status === "completed" ? composed.items : [],
    usage: composed.usage,
    tool_usage: { image_gen: composed.imageUsage ?? emptyImageUsage(), web_search: { num_requests: 0 } },
  };
  return record.fault ? spoilUsage(envelope, record.fault) : envelope;
}

/** The envelope for a moment in time; the finished one needs the composed answer. */
export async function envelopeAt(
  record: ResponseRecord,
  nowMs: number,
  composed: () => Promise<Composed>,
): Promise<Envelope> {
  const status = statusAt(record, nowMs);
  return status === "done" ? closedEnvelope(record, await composed()) : openEnvelope(record, status);
}

function emptyImageUsage() {
  return {
    input_tokens: 0,
    input_tokens_details: { image_tokens: 0, text_tokens: 0 },
    output_tokens: 0,
    total_tokens: 0,
  };
}
