import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Place } from "#lib/adapters/s3/client.ts";

export const CANARY = {
  accessKeyId: "CANARYID7731",
  secretAccessKey: "canary+secret/77",
  sessionToken: "canary-session-77",
};

/** A server that answers as it is told, for what a real store does only on a bad day. */
export async function scriptedStore(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: { method: string; url: string; headers: string }[] = [];
  const server = createServer((request, response) => {
    request.resume();
    seen.push({
      method: request.method ?? "",
      url: request.url ?? "",
      headers: JSON.stringify(request.headers),
    });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place: S3Place = {
    bucket: "b",
    prefix: "p/q",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-east-1",
    credentials: CANARY,
  };
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { place, seen, close };
}

/** An error as S3 words it. */
export const refusal = (code: string, message = "no") =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
