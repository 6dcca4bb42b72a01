import { paint } from "../answers/painters.ts";
import type { MadePicture } from "../answers/picture-order.ts";
import {
  type ImageUsage,
  imageUsage,
  lookTokens,
  outerUsage,
  PARTIAL_TOKENS,
  pictureTokens,
  TOOL_TOKENS,
  textTokens,
  type Usage,
} from "../answers/usage.ts";
import { writeAnswer } from "../answers/write-answer.ts";
import { spoilPicture } from "../faults/spoil-picture.ts";
import { notFound } from "../http/refusal.ts";
import { pictureFacts } from "../requests/picture-facts.ts";
import type { ImageTool } from "../requests/responses-schema.ts";
import type { World } from "../world.ts";
import { type ContextPicture, type Conversation, conversationOf, pictureToEdit } from "./conversation.ts";
import { isEdit } from "./edit-or-new.ts";
import { callIdOf, imageToolOf, type ResponseRecord, responseOfCall } from "./response-record.ts";

/** An output item as it goes over the wire. */
export type OutputItem = { id: string; type: string; [key: string]: unknown };

/** A finished answer. */
export type Composed = {
  items: OutputItem[];
  /** The first picture, for partial ones. */
  picture: Uint8Array | null;
  usage: Usage | null;
  imageUsage: ImageUsage | null;
};

const MOST_KEPT = 24;

/** The answer to a stored request: worked out once, remembered for a while, the same in every process. */
export function compose(world: World, record: ResponseRecord): Promise<Composed> {
  const known = world.composed.get(record.id);
  if (known) return known;
  const made = composeAnew(world, record);
  world.composed.set(record.id, made);
  if (world.composed.size > MOST_KEPT) world.composed.delete(world.composed.keys().next().value!);
  made.catch(() => world.composed.delete(record.id));
  return made;
}

async function composeAnew(world: World, record: ResponseRecord): Promise<Composed> {
  const conversation = conversationOf(record, world.store.loadResponse);
  const tool = imageToolOf(record.body);
  const thought: OutputItem = { id: `rs_${record.id.slice(5)}`, type: "reasoning", summary: [] };
  const looked = await lookedAt(world, conversation.pictures);
  const heard = textTokens([conversation.prompt, ...conversation.earlier, conversation.instructions].join(" "));
  const input = heard + Math.round(looked * 1.2) + (tool ? TOOL_TOKENS : 0);
  const cached = conversation.depth > 0 ? Math.floor((input * 0.6) / 128) * 128 : 0;
  if (!tool || record.fault?.name === "text-only") {
    const text = tool
      ? "I have described the picture instead of drawing it."
      : await writeAnswer(record, conversation, (picture) => loadContextPicture(world, picture));
    return {
      items: [thought, message(record, text)],
      picture: null,
      usage: outerUsage(input, cached, textTokens(text), 48),
      imageUsage: null,
    };
  }
  const calls = record.fault?.name === "two-images" ? 2 : 1;
  const pictures: Uint8Array[] = [];
  const items: OutputItem[] = [thought];
  let output = 0;
  const base = isEdit(tool, conversation) ? pictureToEdit(conversation) : null;
  const seen = await lookedAt(world, [...(base ? [base] : []), ...shownBeside(conversation, base)]);
  const family = world.models.image.find((model) => model.id === tool.model)?.family;
  for (let index = 0; index < calls; index++) {
    const made = await draw(world, record, conversation, tool, index);
    pictures.push(made.bytes);
    items.push(imageItem(record, conversation, tool, made, index));
    output +=
      pictureTokens(made.width, made.height, tool.quality ?? "auto", family) +
      (tool.partial_images ?? 0) * PARTIAL_TOKENS;
  }
  const asked = textTokens(String(items.at(-1)!.revised_prompt));
  return {
    items,
    picture: pictures[0]!,
    usage: outerUsage(input, cached, asked + 24, 64),
    imageUsage: imageUsage(asked, seen, output),
  };
}

async function draw(
  world: World,
  record: ResponseRecord,
  conversation: Conversation,
  tool: ImageTool,
  index: number,
): Promise<MadePicture> {
  const callId = callIdOf(record.id, index);
  const base = isEdit(tool, conversation) ? pictureToEdit(conversation) : null;
  const load = (picture: ContextPicture) => loadContextPicture(world, picture);
  const others = shownBeside(conversation, base);
  const mask = tool.input_image_mask?.image_url ? world.store.getBlob(tool.input_image_mask.image_url) : null;
  const made = await paint({
    seed: callId,
    likeness: conversation.pictures.flatMap((one) => (one.origin === "drawn" ? [one.callId] : []))[0],
    prompt: conversation.prompt,
    instructions: conversation.instructions,
    earlier: conversation.earlier,
    base: base ? await load(base) : null,
    mask: base ? mask : null,
    references: await Promise.all(others.map(load)),
    size: tool.size ?? "auto",
    background: tool.background ?? "auto",
    format: tool.output_format ?? "png",
    compression: tool.output_compression ?? null,
    frames: tool.frame_count ?? 9,
    frameMs: tool.frame_duration_ms ?? 200,
  });
  const kept = world.store.getPicture(callId);
  if (!kept && record.body.store !== false) world.store.putPicture(callId, made.bytes);
  return kept ? { ...made, bytes: kept } : made;
}

function imageItem(
  record: ResponseRecord,
  conversation: Conversation,
  tool: ImageTool,
  made: MadePicture,
  index: number,
): OutputItem {
  const item: OutputItem = {
    id: callIdOf(record.id, index),
    type: "image_generation_call",
    status: "completed",
    action: isEdit(tool, conversation) ? "edit" : "generate",
    background: made.background,
    output_format: tool.output_format ?? "png",
    quality: tool.quality && tool.quality !== "auto" ? tool.quality : "medium",
    result: Buffer.from(made.bytes.buffer, made.bytes.byteOffset, made.bytes.byteLength).toString("base64"),
    revised_prompt: made.revisedPrompt,
    size: `${made.width}x${made.height}`,
    ...(tool.output_format === "svg"
      ? { svg_usage: { input_tokens: 400, output_tokens: 900, total_tokens: 1300 } }
      : {}),
  };
  return record.fault ? spoilPicture(item, made.bytes, record.fault) : item;
}

function message(record: ResponseRecord, text: string): OutputItem {
  return {
    id: `msg_${record.id.slice(5)}`,
    type: "message",
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
  };
}

/** What the image model sees beside the picture it changes: this turn's pictures, and for a new picture the last one drawn. */
function shownBeside({ pictures, depth }: Conversation, base: ContextPicture | null): ContextPicture[] {
  const last = base ? undefined : pictures.findLast((picture) => picture.origin === "drawn" && picture.turn < depth);
  return pictures.filter((picture) => picture !== base && (picture.turn === depth || picture === last));
}

async function lookedAt(world: World, pictures: readonly ContextPicture[]): Promise<number> {
  const seen = await Promise.all(
    pictures.map(async (picture) => pictureFacts(await loadContextPicture(world, picture), "input")),
  );
  return seen.reduce((sum, facts) => sum + lookTokens(facts.width * facts.height), 0);
}

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
