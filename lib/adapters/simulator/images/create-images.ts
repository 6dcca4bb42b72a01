import { paint } from "../answers/painters.ts";
import type { MadePicture } from "../answers/picture-order.ts";
import {
  type ImageUsage,
  imageUsage,
  lookTokens,
  PARTIAL_TOKENS,
  pictureTokens,
  textTokens,
} from "../answers/usage.ts";
import type { Call } from "../call.ts";
import { spoilImages } from "../faults/spoil-images.ts";
import { pause } from "../http/pause.ts";
import { eventStream, eventText, json, type Reply } from "../http/reply.ts";
import { durationOf } from "../options.ts";
import { moderatePrompt } from "../requests/moderate.ts";
import { pictureFacts } from "../requests/picture-facts.ts";
import { isReference } from "../responses/conversation.ts";
import { partialFiles } from "../responses/transcript.ts";
import { blobRef } from "../store/memory-store.ts";
import { type ImagesRequest, readEdits, readGenerations } from "./read-images-request.ts";

/** POST /images/generations and /images/edits: no ids, nothing kept; a lost answer is lost. */
export async function createImages(call: Call, kind: "generations" | "edits"): Promise<Reply> {
  const { world, incoming, fault } = call;
  const request = kind === "edits" ? await readEdits(world, incoming) : readGenerations(world, incoming);
  const { body } = request;
  const refs = {
    ...(request.images.length ? { images: request.images.map(blobRef) } : {}),
    ...(request.mask ? { mask: blobRef(request.mask) } : {}),
    ...(request.markup ? { markup: blobRef(request.markup) } : {}),
  };
  Object.assign(call.entry, { imageModel: body.model, body: { ...body, ...refs } });
  moderatePrompt(body.prompt);
  const started = world.now();
  const [width, height] = (body.size ?? "").split("x").map(Number);
  const duration =
    durationOf(world.options, {
      kind: "image",
      path: incoming.path,
      prompt: body.prompt,
      pixels: (width || 1024) * (height || 1024),
    }) + (fault?.name === "slow" ? (fault.args.ms ?? 1_000) : 0);
  call.accept(null);
  const made = draw(call, request);
  made.catch(() => {});
  if (body.stream) return eventStream(streamImages(call, kind, request, made, started, duration));
  await pause(started + duration - world.now(), incoming.signal);
  const pictures = await made;
  const { quality, background, output_format, size } = described(request, pictures[0]!);
  const data = pictures.map((picture) => ({ b64_json: base64(picture.bytes) }));
  return json(
    spoilImages(
      {
        created: Math.floor(started / 1000),
        background,
        output_format,
        quality,
        size,
        data,
        usage: await usageOf(request, pictures),
      },
      fault,
    ),
  );
}

async function draw(call: Call, request: ImagesRequest): Promise<MadePicture[]> {
  const { body, images, mask } = request;
  const base = images.length > 0 && !isReference("", body.prompt, 1) ? images[0]! : null;
  const references = base ? images.slice(1) : images;
  const count = call.fault?.name === "two-images" ? 2 : (body.n ?? 1);
  const pictures: MadePicture[] = [];
  for (let i = 0; i < count; i++) {
    pictures.push(
      await paint({
        seed: `${call.entry.key}-${i}`,
        prompt: wordsOfPrompt(body.prompt),
        instructions: body.prompt,
        earlier: [],
        base: base ?? (mask ? images[0]! : null),
        mask,
        references,
        size: body.size ?? "auto",
        background: body.background ?? "auto",
        format: body.output_format ?? "png",
        compression: body.output_compression ?? null,
        frames: body.frame_count ?? 9,
        frameMs: body.frame_duration_ms ?? 200,
      }),
    );
  }
  return pictures;
}

/** The last paragraph is what is asked; a sheet and announcements may stand before it. */
function wordsOfPrompt(prompt: string): string {
  const paragraphs = prompt.split(/\n\s*\n/).filter((part) => part.trim());
  return paragraphs.length > 1 ? paragraphs.at(-1)! : prompt;
}

async function* streamImages(
  call: Call,
  kind: "generations" | "edits",
  request: ImagesRequest,
  made: Promise<MadePicture[]>,
  started: number,
  duration: number,
): AsyncGenerator<string> {
  const { world, incoming } = call;
  const name = kind === "edits" ? "image_edit" : "image_generation";
  const count = request.body.partial_images ?? 0;
  const pictures = await made;
  const facts = { ...described(request, pictures[0]!), created_at: Math.floor(started / 1000) };
  const files = count > 0 ? await partialFiles(pictures[0]!.bytes, count, request.body) : [];
  for (const [i, file] of files.entries()) {
    await pause(started + (duration * (i + 1)) / (count + 1) - world.now(), incoming.signal);
    yield eventText(`${name}.partial_image`, {
      type: `${name}.partial_image`,
      b64_json: file.toString("base64"),
      partial_image_index: i,
      ...facts,
    });
  }
  await pause(started + duration - world.now(), incoming.signal);
  const usage = await usageOf(request, pictures);
  for (const picture of pictures) {
    const spoiled = spoilImages({ data: [{ b64_json: base64(picture.bytes) }], usage, ...facts }, call.fault);
    const { data, ...rest } = spoiled;
    yield eventText(`${name}.completed`, {
      type: `${name}.completed`,
      ...(data as { b64_json: string }[])[0],
      ...rest,
    });
  }
}

function described({ body }: ImagesRequest, picture: MadePicture) {
  return {
    background: picture.background,
    output_format: body.output_format ?? "png",
    quality: body.quality && body.quality !== "auto" ? body.quality : "medium",
    size: `${picture.width}x${picture.height}`,
  };
}

async function usageOf({ body, images, model }: ImagesRequest, pictures: readonly MadePicture[]): Promise<ImageUsage> {
  const seen = await Promise.all(images.map((bytes) => pictureFacts(bytes, "image")));
  const looked = seen.reduce((sum, { width, height }) => sum + lookTokens(width * height), 0);
  const output = pictures.reduce(
    (sum, { width, height }) => sum + pictureTokens(width, height, body.quality ?? "auto", model.family),
    (body.partial_images ?? 0) * PARTIAL_TOKENS,
  );
  return imageUsage(textTokens(body.prompt), looked, output);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
