import { notFound } from "../http/refusal.ts";
import type { World } from "../world.ts";
import { compose } from "./compose.ts";
import type { ContextPicture } from "./conversation.ts";
import { responseOfCall } from "./response-record.ts";

/** The bytes of a picture in a conversation; one that was drawn earlier is drawn again when it was not kept. */
export async function loadContextPicture(world: World, picture: ContextPicture): Promise<Uint8Array> {
  const kept = picture.origin === "input" ? world.store.getBlob(picture.ref) : world.store.getPicture(picture.callId);
  if (kept) return kept;
  const origin = picture.origin === "drawn" ? responseOfCall(picture.callId) : null;
  const record = origin && world.store.loadResponse(origin.responseId);
  const drawn = record ? (await compose(world, record)).picture : null;
  if (!drawn) throw notFound("A picture of this conversation is no longer there.", "input", "image_file_not_found");
  return drawn;
}
