import type { Call } from "../call.ts";
import { invalid } from "../http/refusal.ts";
import { checkMask } from "../requests/check-mask.ts";
import type { World } from "../world.ts";
import { loadContextPicture } from "./compose.ts";
import { type ContextPicture, conversationOf, pictureToEdit } from "./conversation.ts";
import { imageToolOf, KEPT_MS, type ResponseRecord, statusAt } from "./response-record.ts";

/** Rules that need what came before: the previous response, a picture to edit, a mask that fits it, instructions sent again. */
export async function checkContext(
  call: Call,
  record: ResponseRecord,
  blobs: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const { world } = call;
  const parent = record.body.previous_response_id ? previous(world, record.body.previous_response_id) : null;
  if (parent) checkSentAgain(call, record, parent);
  const tool = imageToolOf(record.body);
  if (!tool) return;
  const base = pictureToEdit(conversationOf(record, world.store.loadResponse));
  if (tool.action === "edit" && !base)
    throw invalid("invalid_value", "tools", "The image_generation action 'edit' requires an image in context.");
  const mask = tool.input_image_mask?.image_url;
  if (!mask) return;
  if (!base) throw invalid("invalid_value", "tools[0].input_image_mask", "A mask requires an image in context.");
  await checkMask(blobs.get(mask)!, await baseBytes(world, base, blobs), "tools[0].input_image_mask");
}

function previous(world: World, id: string): ResponseRecord {
  const found = /^resp_[0-9a-f]{32}$/.test(id) ? world.store.loadResponse(id) : null;
  const now = world.now();
  if (!found || found.body.store === false || now - found.createdAt >= KEPT_MS) {
    throw invalid(
      "previous_response_not_found",
      "previous_response_id",
      `Previous response with id '${id}' not found.`,
    );
  }
  const status = statusAt(found, now);
  if (status === "queued" || status === "in_progress")
    throw invalid("invalid_value", "previous_response_id", `Previous response '${id}' is still ${status}.`);
  return found;
}

/** The API does not carry instructions over: a client that forgets them gets another look without a word of warning. */
function checkSentAgain(call: Call, record: ResponseRecord, parent: ResponseRecord) {
  if (!parent.body.instructions || record.body.instructions) return;
  if (call.world.options.requireInstructionsOnThreads)
    throw invalid("missing_required_parameter", "instructions", "A threaded turn must send 'instructions' again.");
  call.violate(`threaded turn on ${parent.id} without instructions`);
}

async function baseBytes(
  world: World,
  base: ContextPicture,
  blobs: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array> {
  const fresh = base.origin === "input" ? blobs.get(base.ref) : undefined;
  return fresh ?? loadContextPicture(world, base);
}
