import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { drawPng } from "./png.ts";
import { type Held, outputOf, shown } from "./responses.ts";

/** Answers a create call with events, as its fault would have it. */
export async function streamResponse(
  response: ServerResponse,
  held: Held,
  settings: { latencyMs: number; side: number },
): Promise<void> {
  const fault = held.fault?.fault;
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  let sequence = 0;
  const send = (type: string, data: Record<string, unknown>) => {
    if (!response.writableEnded && !response.destroyed)
      response.write(`event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...data })}\n\n`);
  };
  response.flushHeaders();
  if (fault === "sse-cut-unnamed") return void response.end();
  send("response.created", { response: shown(held, settings.side) });
  send("response.in_progress", { response: shown(held, settings.side) });
  switch (fault) {
    case "sse-cut":
    case "truncate-json":
      return void response.end();
    case "sse-reset":
      response.write("event: response.image_gen", () => response.socket?.resetAndDestroy());
      return;
    case "sse-silent":
      return;
    case "sse-bad-json":
      response.write('event: response.in_progress\ndata: {"type": "respon\n\n');
      return void response.end();
    case "sse-error":
      send("error", { code: "server_error", message: "The stream broke.", param: null });
      return void response.end();
  }
  const [tool] = held.request.tools ?? [];
  const item_id = `ig_${held.id.slice(5)}_0`;
  if (tool)
    send("response.output_item.added", {
      output_index: 0,
      item: { id: item_id, type: "image_generation_call", status: "in_progress" },
    });
  const partials = tool?.partial_images ?? 0;
  for (let index = 0; index < partials; index += 1) {
    await until(held.createdAt + ((held.doneAt - held.createdAt) * (index + 1)) / (partials + 1));
    send("response.image_generation_call.partial_image", {
      item_id,
      output_index: 0,
      partial_image_index: index,
      partial_image_b64: drawPng(settings.side, held.seed + 8 + index).toString("base64"),
    });
  }
  await until(held.doneAt);
  // The timer that settles the response and this one are due together.
  while (held.status === "in_progress") await sleep(1);
  if (held.status === "completed")
    for (const [output_index, item] of outputOf(held, settings.side).entries())
      send("response.output_item.done", { output_index, item });
  send(`response.${held.status}`, { response: shown(held, settings.side) });
  response.end();
}

const until = async (at: number): Promise<void> => {
  const left = at - Date.now();
  if (left > 0) await sleep(left);
};
