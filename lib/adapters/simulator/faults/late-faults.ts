import { pause } from "../http/pause.ts";
import { Refusal } from "../http/refusal.ts";
import { ConnectionReset, eventText, type Reply } from "../http/reply.ts";
import { hang, strangeReply } from "./early-faults.ts";
import type { AnswerFault, FaultArgs } from "./fault-script.ts";

/** What the work was going to answer, spoiled on its way back: the work is done and paid for. */
export async function spoilReply(reply: Reply, fault: AnswerFault, signal: AbortSignal | null): Promise<Reply> {
  const { name, args } = fault;
  if (name === "500-after")
    throw new Refusal(args.status ?? 500, {
      message: "The server had an error while processing your request.",
      type: "server_error",
      param: null,
      code: args.code ?? "server_error",
    });
  if (name === "reset-after") throw new ConnectionReset();
  if (name === "hang") return hang(args.ms, signal);
  if (name === "truncate-json" && typeof reply.body === "string")
    return {
      ...reply,
      headers: { ...reply.headers, "content-length": String(Buffer.byteLength(reply.body)) },
      body: cutText(reply.body, args.after),
    };
  if (reply.body !== null && typeof reply.body === "object" && !(reply.body instanceof Uint8Array)) {
    if (name === "truncate-sse") return { ...reply, body: cutStream(reply.body, args) };
    if (name === "sse-silent") return { ...reply, body: silentStream(reply.body, args, signal) };
    if (name === "sse-error") return { ...reply, body: errorStream(reply.body, args) };
  }
  return strangeReply(fault) ?? reply;
}

async function* cutText(text: string, after = Math.floor(text.length / 2)): AsyncGenerator<string> {
  yield text.slice(0, after);
  throw new ConnectionReset();
}

async function* cutStream(events: AsyncIterable<string>, args: FaultArgs): AsyncGenerator<string> {
  let count = 0;
  for await (const event of events) {
    if (isTerminal(event) && args.mode !== "mid-event") {
      if (args.mode === "reset") throw new ConnectionReset();
      return;
    }
    if (args.mode === "mid-event" && (isTerminal(event) || isTurn(event, count + 1, args.after))) {
      yield event.slice(0, Math.floor(event.length / 2));
      return;
    }
    yield event;
    if (!isTurn(event, ++count, args.after)) continue;
    if (args.mode === "reset") throw new ConnectionReset();
    return;
  }
}

async function* silentStream(
  events: AsyncIterable<string>,
  args: FaultArgs,
  signal: AbortSignal | null,
): AsyncGenerator<string> {
  let count = 0;
  let done = false;
  for await (const event of events) {
    yield event;
    if (done || !isTurn(event, ++count, args.after)) continue;
    done = true;
    await pause(args.ms ?? 600_000, signal);
  }
}

async function* errorStream(events: AsyncIterable<string>, args: FaultArgs): AsyncGenerator<string> {
  let count = 0;
  for await (const event of events) {
    if (!isTerminal(event)) yield event;
    if (!isTerminal(event) && !isTurn(event, ++count, args.after)) continue;
    const error = {
      code: args.code ?? "server_error",
      message: "The server had an error while processing your request.",
      param: null,
    };
    yield eventText(
      "error",
      args.shape === "nested"
        ? { type: "error", error: { type: "server_error", ...error } }
        : { type: "error", sequence_number: count, ...error },
    );
    return;
  }
}

/** True at the event after which a stream breaks: the given one, else the first sign of a picture or of text. */
function isTurn(event: string, count: number, after: number | undefined): boolean {
  if (after !== undefined) return count === after;
  return /^event: \S*(?:\.partial_image|image_generation_call\.completed|output_text\.delta)\n/.test(event);
}

/** The event that says all is well: a stream that is to break never gets so far. */
function isTerminal(event: string): boolean {
  return /^event: (?:response|image_generation|image_edit)\.completed\n/.test(event);
}
