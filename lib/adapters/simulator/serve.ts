import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FaultScript } from "./faults/fault-script.ts";
import { ConnectionReset, type Reply } from "./http/reply.ts";
import { createSimulator, type SimulatorOptions } from "./simulator.ts";

/** Where a served simulator listens. `url` ends in /v1, ready to be a base URL; `close` ends open connections. */
export type ServedSimulator = { url: string; close(): Promise<void> };

/** Serves the simulator over HTTP. `GET /__ledger` gives its ledger, `POST /__faults` takes a new fault script. Port 0 picks a free one. */
export async function serveSimulator({
  port,
  host = "127.0.0.1",
  ...options
}: { port: number; host?: string } & SimulatorOptions): Promise<ServedSimulator> {
  const simulator = createSimulator(options);
  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on("close", () => gone.abort());
    handle(incoming, outgoing, gone.signal).catch(() => outgoing.destroy());
  });
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse, signal: AbortSignal) => {
    const body = await readAll(incoming);
    if (incoming.url === "/__ledger") return sendJson(outgoing, simulator.ledger());
    if (incoming.url === "/__faults" && incoming.method === "POST") {
      simulator.setFaults(JSON.parse(body.toString("utf8")) as FaultScript);
      return sendJson(outgoing, { ok: true });
    }
    await send(outgoing, await simulator.answer(asRequest(incoming, body, host), signal));
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/v1`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function send(outgoing: ServerResponse, reply: Reply) {
  outgoing.writeHead(reply.status, reply.headers);
  if (reply.body === null || typeof reply.body === "string" || reply.body instanceof Uint8Array) {
    outgoing.end(reply.body ?? undefined);
    return;
  }
  outgoing.flushHeaders();
  try {
    for await (const part of reply.body) {
      if (outgoing.destroyed) return;
      if (!outgoing.write(part))
        await new Promise<void>((resolve) => outgoing.once("drain", resolve).once("close", resolve));
    }
    outgoing.end();
  } catch (error) {
    if (!(error instanceof ConnectionReset)) throw error;
    // What was written should arrive before the connection breaks.
    setTimeout(() => outgoing.socket?.resetAndDestroy(), 20);
  }
}

function asRequest(incoming: IncomingMessage, body: Buffer, host: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD" && body.length > 0;
  return new Request(`http://${host}${incoming.url ?? "/"}`, {
    method: incoming.method,
    headers,
    body: hasBody ? new Uint8Array(body) : undefined,
  });
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function sendJson(outgoing: ServerResponse, value: unknown) {
  outgoing.writeHead(200, { "content-type": "application/json" });
  outgoing.end(JSON.stringify(value));
}
