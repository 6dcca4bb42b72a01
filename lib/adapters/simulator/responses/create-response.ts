import type { Call } from "../call.ts";
import { pause } from "../http/pause.ts";
import { invalid } from "../http/refusal.ts";
import { eventStream, json, type Reply } from "../http/reply.ts";
import { durationOf } from "../options.ts";
import { moderatePrompt } from "../requests/moderate.ts";
import { jsonBody } from "../requests/read-body.ts";
import { readResponsesRequest } from "../requests/read-responses-request.ts";
import { stashPictures } from "../requests/stash-pictures.ts";
import { checkContext } from "./check-context.ts";
import { compose } from "./compose.ts";
import { conversationOf } from "./conversation.ts";
import { closedEnvelope, openEnvelope } from "./envelope.ts";
import { imageToolOf, newResponseId, type ResponseRecord } from "./response-record.ts";
import { streamOf } from "./transcript.ts";

/** Faults that belong to the answer and must be found again when it is fetched later. */
const ANSWER_FAULTS = new Set([
  "sse-failed",
  "sse-error",
  "null-result",
  "text-only",
  "two-images",
  "moderation-in-200",
  "wrong-mime",
  "huge-b64",
  "not-an-image",
  "bad-usage",
  "missing-usage",
  "incomplete",
]);

/** POST /responses: check everything, accept (write the record, count the work), then answer in the lane asked for. */
export async function createResponse(call: Call): Promise<Reply> {
  const { world, incoming, fault } = call;
  const now = world.now();
  const checked = readResponsesRequest(world, jsonBody(incoming), now);
  const { body, blobs } = await stashPictures(world, checked);
  const record: ResponseRecord = {
    version: 1,
    id: newResponseId(),
    createdAt: now,
    durationMs: 0,
    body,
    fault: null,
    cancelledAt: null,
  };
  Object.assign(call.entry, {
    model: body.model,
    imageModel: imageToolOf(body)?.model ?? null,
    metadata: body.metadata ?? {},
    body,
    previousResponseId: body.previous_response_id ?? null,
  });
  await checkContext(call, record, blobs);
  const conversation = conversationOf(record, world.store.loadResponse);
  const tool = imageToolOf(body);
  if (tool) moderatePrompt(conversation.prompt);
  if (tool && !conversation.prompt.trim() && conversation.pictures.length === 0)
    throw invalid("missing_required_parameter", "input", "Missing required parameter: 'input'.");
  record.durationMs =
    durationOf(world.options, {
      kind: tool ? "image" : "text",
      path: incoming.path,
      prompt: conversation.prompt,
      pixels: pixelsOf(tool?.size),
    }) + (fault?.name === "slow" ? (fault.args.ms ?? 1_000) : 0);
  if (fault && ANSWER_FAULTS.has(fault.name)) record.fault = fault;
  for (const bytes of blobs.values()) world.store.putBlob(bytes);
  world.store.saveResponse(record);
  call.accept(record.id);
  return answer(call, record);
}

async function answer(call: Call, record: ResponseRecord): Promise<Reply> {
  const { world, incoming } = call;
  if (record.body.stream) return eventStream(forgetting(call, record, streamOf(world, record, -1, incoming.signal)));
  if (record.body.background) return json(openEnvelope(record, "queued"));
  const composed = compose(world, record);
  composed.catch(() => {});
  await pause(record.createdAt + record.durationMs - world.now(), incoming.signal);
  const closed = closedEnvelope(record, await composed);
  if (record.body.store === false) world.store.removeResponse(record.id);
  return json(closed);
}

/** What is neither stored nor worked on in the background is gone when its stream is over. */
async function* forgetting(
  { world }: Call,
  record: ResponseRecord,
  events: AsyncIterable<string>,
): AsyncGenerator<string> {
  try {
    yield* events;
  } finally {
    if (record.body.store === false && !record.body.background) world.store.removeResponse(record.id);
  }
}

function pixelsOf(size: string | undefined): number {
  const [width, height] = (size ?? "").split("x").map(Number);
  return width && height ? width * height : 1024 * 1024;
}
