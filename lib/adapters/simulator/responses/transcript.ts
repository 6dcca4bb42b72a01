import { pause } from "../http/pause.ts";
import { eventText } from "../http/reply.ts";
import { decode, type PictureFormat } from "../paint/encode.ts";
import { partialsOf } from "../paint/partials.ts";
import type { World } from "../world.ts";
import { type Composed, compose, type OutputItem } from "./compose.ts";
import { closedEnvelope, openEnvelope } from "./envelope.ts";
import { callIdOf, imageToolOf, type ResponseRecord } from "./response-record.ts";

type Event = { type: string; [key: string]: unknown };
/** An event and the share of the work's time (0..1) at which it happens. */
type Timed = readonly [at: number, event: Event];

/**
 * The event stream of a response from the event after `after` (-1: all of it). Events have the same numbers whenever and
 * wherever they are read; those whose time has not come are waited for.
 */
export async function* streamOf(
  world: World,
  record: ResponseRecord,
  after: number,
  signal: AbortSignal | null,
): AsyncGenerator<string> {
  let number = 0;
  for await (const [at, event] of eventsOf(world, record)) {
    const current = number++;
    await pause(record.createdAt + at * record.durationMs - world.now(), signal);
    const cancelled = record.body.background && current > 2 && world.store.loadResponse(record.id)?.cancelledAt;
    if (cancelled) return;
    if (current > after) yield eventText(event.type, { ...event, sequence_number: current });
  }
}

async function* eventsOf(world: World, record: ResponseRecord): AsyncGenerator<Timed> {
  yield [
    0,
    { type: "response.created", response: openEnvelope(record, record.body.background ? "queued" : "in_progress") },
  ];
  if (record.body.background) yield [0, { type: "response.queued", response: openEnvelope(record, "queued") }];
  yield [0.05, { type: "response.in_progress", response: openEnvelope(record, "in_progress") }];
  const tool = imageToolOf(record.body);
  const drawing = tool !== null && record.fault?.name !== "text-only";
  const thought = { id: `rs_${record.id.slice(5)}`, type: "reasoning", summary: [] };
  yield [0.1, { type: "response.output_item.added", output_index: 0, item: thought }];
  yield [0.15, { type: "response.output_item.done", output_index: 0, item: thought }];
  if (drawing) yield* openPicture(record);
  const composed = await compose(world, record);
  const closed = closedEnvelope(record, composed);
  if (closed.status === "completed") {
    const items = composed.items.slice(1);
    for (const [i, item] of items.entries())
      yield* item.type === "message" ? messageEvents(item, i + 1) : pictureEvents(record, composed, item, i + 1);
  }
  yield [1, { type: `response.${closed.status}`, response: closed }];
}

function* openPicture(record: ResponseRecord): Generator<Timed> {
  const at = { item_id: callIdOf(record.id), output_index: 1 };
  yield [
    0.2,
    {
      type: "response.output_item.added",
      output_index: 1,
      item: { id: at.item_id, type: "image_generation_call", status: "in_progress", result: null },
    },
  ];
  yield [0.2, { type: "response.image_generation_call.in_progress", ...at }];
  yield [0.25, { type: "response.image_generation_call.generating", ...at }];
}

async function* pictureEvents(
  record: ResponseRecord,
  composed: Composed,
  item: OutputItem,
  index: number,
): AsyncGenerator<Timed> {
  const at = { item_id: item.id, output_index: index };
  if (index > 1) {
    yield [
      0.95,
      {
        type: "response.output_item.added",
        output_index: index,
        item: { id: item.id, type: item.type, status: "in_progress", result: null },
      },
    ];
    yield [0.95, { type: "response.image_generation_call.in_progress", ...at }];
    yield [0.95, { type: "response.image_generation_call.generating", ...at }];
  }
  const count = item.status === "completed" && index === 1 ? (imageToolOf(record.body)?.partial_images ?? 0) : 0;
  const files =
    count > 0 && composed.picture ? await partialFiles(composed.picture, count, imageToolOf(record.body)!) : [];
  for (const [i, file] of files.entries()) {
    const { size, quality, background, output_format } = item;
    yield [
      0.3 + (0.65 * (i + 1)) / (count + 1),
      {
        type: "response.image_generation_call.partial_image",
        ...at,
        partial_image_index: i,
        partial_image_b64: file.toString("base64"),
        size,
        quality,
        background,
        output_format,
      },
    ];
  }
  yield [1, { type: "response.image_generation_call.completed", ...at }];
  yield [1, { type: "response.output_item.done", output_index: index, item }];
}

/** Partial pictures of a finished file. */
export async function partialFiles(
  picture: Uint8Array,
  count: number,
  how: { output_format?: string | null; output_compression?: number | null },
): Promise<Buffer[]> {
  return partialsOf(
    await decode(picture),
    count,
    (how.output_format ?? "png") as PictureFormat,
    how.output_compression ?? null,
  );
}

function* messageEvents(item: OutputItem, index: number): Generator<Timed> {
  const [part] = item.content as { text: string }[];
  const at = { item_id: item.id, output_index: index, content_index: 0 };
  const text = part!.text;
  yield [
    0.3,
    { type: "response.output_item.added", output_index: index, item: { ...item, status: "in_progress", content: [] } },
  ];
  yield [0.3, { type: "response.content_part.added", ...at, part: { ...part, text: "" } }];
  const pieces = text.match(/[\s\S]{1,48}/g) ?? [];
  for (const [i, delta] of pieces.entries())
    yield [0.3 + (0.6 * (i + 1)) / pieces.length, { type: "response.output_text.delta", ...at, delta, logprobs: [] }];
  yield [1, { type: "response.output_text.done", ...at, text, logprobs: [] }];
  yield [1, { type: "response.content_part.done", ...at, part }];
  yield [1, { type: "response.output_item.done", output_index: index, item }];
}
