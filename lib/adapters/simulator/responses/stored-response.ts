import type { Call } from "../call.ts";
import { invalid, notFound } from "../http/refusal.ts";
import { eventStream, json, type Reply } from "../http/reply.ts";
import { compose } from "./compose.ts";
import { envelopeAt, openEnvelope } from "./envelope.ts";
import { isKept, type ResponseRecord, statusAt } from "./response-record.ts";
import { streamOf } from "./transcript.ts";

/** GET /responses/{id}, also as a resumed stream. */
export async function retrieveResponse(call: Call, id: string): Promise<Reply> {
  const { world, incoming } = call;
  const record = find(call, id);
  if (incoming.query.get("stream") === "true") {
    if (!record.body.background || !record.body.stream)
      throw invalid(
        "invalid_value",
        "stream",
        "Only a background response created with stream: true can be streamed again.",
      );
    const after = incoming.query.get("starting_after");
    return eventStream(streamOf(world, record, after === null ? -1 : Number(after), incoming.signal));
  }
  return json(await envelopeAt(record, world.now(), () => compose(world, record)));
}

/** POST /responses/{id}/cancel: only background work can be cancelled; a second time, or too late, answers what is. */
export async function cancelResponse(call: Call, id: string): Promise<Reply> {
  const { world, fault } = call;
  const record = find(call, id);
  if (!record.body.background) throw invalid("invalid_value", null, "Cannot cancel a synchronous response.");
  if (fault?.name === "cancel-completed" && statusAt(record, world.now()) !== "cancelled") {
    // The work was over at the very moment the cancel came.
    const over = { ...record, durationMs: Math.min(record.durationMs, Math.max(0, world.now() - record.createdAt)) };
    world.store.saveResponse(over);
    return json(await envelopeAt(over, world.now(), () => compose(world, over)));
  }
  const status = statusAt(record, world.now());
  if (status === "done") return json(await envelopeAt(record, world.now(), () => compose(world, record)));
  if (status !== "cancelled") world.store.saveResponse({ ...record, cancelledAt: world.now() });
  return json(openEnvelope(record, "cancelled"));
}

/** DELETE /responses/{id}. */
export function deleteResponse(call: Call, id: string): Reply {
  const record = find(call, id);
  call.world.store.removeResponse(record.id);
  return json({ id: record.id, object: "response", deleted: true });
}

function find(call: Call, id: string): ResponseRecord {
  const { world } = call;
  call.entry.responseId = id;
  const record = /^resp_[0-9a-f]{32}$/.test(id) ? world.store.loadResponse(id) : null;
  if (!record || !isKept(record, world.now())) throw notFound(`Response with id '${id}' not found.`, null);
  return record;
}
