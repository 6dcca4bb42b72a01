import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requestFaults } from "./request-rules.ts";

/** A request as it came over the wire. */
export type Seen = { method: string; path: string; headers: IncomingMessage["headers"]; body: unknown; raw: Buffer };
export type Reply = (seen: Seen, res: ServerResponse, nth: number) => void | Promise<void>;

/** A server that answers as told, keeps what it saw, and collects what a strict server would have refused. */
export async function wireServer(reply: Reply) {
  const seen: Seen[] = [];
  const faults: string[] = [];
  const server = createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const raw = Buffer.concat(parts);
    const one: Seen = {
      method: req.method ?? "",
      path: req.url ?? "",
      headers: req.headers,
      body: await parsed(req, raw),
      raw,
    };
    seen.push(one);
    if (one.method === "POST") faults.push(...requestFaults(one.path, one.headers, one.body));
    await reply(one, res, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    seen,
    faults,
    posts: () => seen.filter((one) => one.method === "POST" && !one.path.endsWith("/cancel")),
    gets: () => seen.filter((one) => one.method === "GET"),
    cancels: () => seen.filter((one) => one.path.endsWith("/cancel")),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
export type WireServer = Awaited<ReturnType<typeof wireServer>>;

async function parsed(req: IncomingMessage, raw: Buffer): Promise<unknown> {
  const type = req.headers["content-type"] ?? "";
  if (raw.length === 0) return undefined;
  if (type.startsWith("application/json")) return JSON.parse(raw.toString("utf8"));
  if (type.startsWith("multipart/form-data"))
    return await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
  return raw;
}

export function json(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { "content-type": "application/json", "x-request-id": "req_1", ...headers });
  res.end(JSON.stringify(body));
}

export const apiError = (code: string | null, more: Record<string, unknown> = {}) => ({
  error: { message: `about ${code}`, type: "invalid_request_error", param: null, code, ...more },
});

type Event = { type: string } & Record<string, unknown>;

/** Sends events; `then`: end cleanly, reset the socket, or fall silent. */
export function sse(res: ServerResponse, events: (Event | string)[], then: "end" | "reset" | "silence" = "end"): void {
  res.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "x-request-id": "req_1" });
  for (const [index, event] of events.entries())
    res.write(
      typeof event === "string"
        ? event
        : `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
    );
  if (then === "end") res.end();
  if (then === "reset") setTimeout(() => res.socket?.resetAndDestroy(), 20);
}
