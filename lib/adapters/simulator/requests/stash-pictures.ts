import { invalid, notFound } from "../http/refusal.ts";
import { responseOfCall } from "../responses/response-record.ts";
import { blobRef } from "../store/memory-store.ts";
import type { World } from "../world.ts";
import { parseStrictly } from "./parse-strictly.ts";
import { resolvePicture } from "./resolve-picture.ts";
import { type ImageTool, imageCallItem, messageItem, messagePart, type ResponsesBody } from "./responses-schema.ts";

/** A request whose pictures are replaced by references, and the bytes behind them. */
export type Stashed = { body: ResponsesBody; blobs: Map<string, Uint8Array> };

const LARGEST_TOTAL = 50 * 1024 * 1024;
const OTHER_ITEMS =
  /^(reasoning|item_reference|compaction|(function|custom_tool|web_search|file_search|computer|code_interpreter|mcp|local_shell|shell|apply_patch)_call(_output)?|mcp_\w+)$/;

/** Checks every input item and tool mask, and takes the pictures out. Nothing is stored yet: the request may still be refused. */
export async function stashPictures(world: World, body: ResponsesBody): Promise<Stashed> {
  const blobs = new Map<string, Uint8Array>();
  const keep = (bytes: Uint8Array) => {
    const ref = blobRef(bytes);
    blobs.set(ref, bytes);
    return ref;
  };
  const input = Array.isArray(body.input)
    ? await Promise.all(body.input.map((item, i) => stashItem(world, item, ["input", i], keep)))
    : body.input;
  const tools =
    body.tools && (await Promise.all(body.tools.map((tool, i) => stashMask(world, tool as { type: string }, i, keep))));
  const total = [...blobs.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  if (total > LARGEST_TOTAL)
    throw invalid(
      "image_too_large",
      "input",
      `Total image size is ${(total / 1024 / 1024).toFixed(2)}MB, which exceeds the allowed limit of 50MB.`,
    );
  return { body: { ...body, ...(input === undefined ? {} : { input }), ...(tools ? { tools } : {}) }, blobs };
}

async function stashItem(
  world: World,
  item: unknown,
  at: readonly PropertyKey[],
  keep: (bytes: Uint8Array) => string,
): Promise<unknown> {
  const type = (item as { type?: unknown } | null)?.type;
  if (type === "image_generation_call") return checkCallItem(world, item, at);
  if (type !== undefined && type !== "message") {
    if (typeof type === "string" && OTHER_ITEMS.test(type)) return item;
    throw invalid("invalid_value", `input[${String(at[1])}].type`, `Invalid value: '${String(type)}'.`);
  }
  const message = parseStrictly(messageItem, item, at);
  if (typeof message.content === "string") return message;
  const content = message.content.map(async (given, i) => {
    const part = parseStrictly(messagePart, given, [...at, "content", i]);
    if (part.type !== "input_image") return part;
    const bytes = await resolvePicture(world, part, `input[${String(at[1])}].content[${i}]`);
    return { type: part.type, image_url: keep(bytes) };
  });
  return { ...message, content: await Promise.all(content) };
}

function checkCallItem(world: World, item: unknown, at: readonly PropertyKey[]): unknown {
  const call = parseStrictly(imageCallItem, item, at);
  const origin = responseOfCall(call.id);
  const record = origin && world.store.loadResponse(origin.responseId);
  if (!record || record.body.store === false || !world.store.getPicture(call.id)) {
    const known = record && record.body.store !== false && origin.index === 0;
    if (!known)
      throw notFound(
        `Item with id '${call.id}' not found. Items are not persisted when \`store\` is set to false.`,
        "input",
      );
  }
  return { type: call.type, id: call.id };
}

async function stashMask(world: World, tool: { type: string }, index: number, keep: (bytes: Uint8Array) => string) {
  const mask = (tool as ImageTool).input_image_mask;
  if (tool.type !== "image_generation" || !mask) return tool;
  return {
    ...tool,
    input_image_mask: { image_url: keep(await resolvePicture(world, mask, `tools[${index}].input_image_mask`)) },
  };
}
