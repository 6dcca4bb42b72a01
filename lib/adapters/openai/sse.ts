/** One server-sent event. `event` is empty where the server did not name it. */
export type SseEvent = { event: string; data: string };

const NEWLINE = 10;

/** Lines of a byte stream, without copying a line more than once: one event may hold tens of megabytes. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const piece = chunk.subarray(from, at);
      const line = pending.length > 0 ? Buffer.concat([...pending, piece]) : Buffer.from(piece);
      pending = [];
      from = at + 1;
      const text = line.toString("utf8");
      yield text.endsWith("\r") ? text.slice(0, -1) : text;
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  }
}

/** Whole events of a stream. What stands after the last blank line was cut off and is dropped. */
export async function* eventsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SseEvent> {
  let event = "";
  let data: string[] = [];
  for await (const line of linesOf(chunks)) {
    if (line === "") {
      if (data.length > 0) yield { event, data: data.join("\n") };
      event = "";
      data = [];
    } else if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    else if (line.startsWith("event:")) event = line.slice(6).trim();
  }
}

/** The type of an event: its own name (`message` names nothing), else the first `"type"` of its data. Spares parsing tens of megabytes to find out. */
export const typeOf = ({ event, data }: SseEvent): string =>
  (event !== "message" && event) || (/"type"\s*:\s*"([^"]{1,100})"/.exec(data.slice(0, 400))?.[1] ?? "");
