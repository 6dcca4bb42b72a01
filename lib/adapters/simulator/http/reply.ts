/** Thrown in place of an answer, or by a body on its way, when the connection breaks. */
export class ConnectionReset extends Error {
  readonly code: string;

  constructor(code = "ECONNRESET") {
    super("connection reset");
    this.name = "ConnectionReset";
    this.code = code;
  }
}

/** An answer before it becomes a `Response` or goes down a socket. A streamed body may throw ConnectionReset. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array | AsyncIterable<string> | null;
};

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** A server-sent-event answer. */
export function eventStream(body: AsyncIterable<string>): Reply {
  return {
    status: 200,
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
    body,
  };
}

/** One event in wire form. */
export function eventText(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
