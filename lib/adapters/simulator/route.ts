import type { Call } from "./call.ts";
import { storedFile, uploadFile } from "./files.ts";
import { invalid } from "./http/refusal.ts";
import type { Reply } from "./http/reply.ts";
import { createImages } from "./images/create-images.ts";
import { listModels } from "./models.ts";
import { moderate } from "./moderations.ts";
import { createResponse } from "./responses/create-response.ts";
import { cancelResponse, deleteResponse, retrieveResponse } from "./responses/stored-response.ts";

type Handler = (call: Call, id: string) => Reply | Promise<Reply>;

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ["POST", /^\/responses$/, createResponse],
  ["GET", /^\/responses\/([^/]+)$/, retrieveResponse],
  ["DELETE", /^\/responses\/([^/]+)$/, deleteResponse],
  ["POST", /^\/responses\/([^/]+)\/cancel$/, cancelResponse],
  ["POST", /^\/images\/generations$/, (call) => createImages(call, "generations")],
  ["POST", /^\/images\/edits$/, (call) => createImages(call, "edits")],
  ["GET", /^\/models$/, (call) => listModels(call)],
  ["GET", /^\/models\/([^/]+)$/, listModels],
  ["POST", /^\/files$/, uploadFile],
  ["GET", /^\/files\/([^/]+)$/, storedFile],
  ["DELETE", /^\/files\/([^/]+)$/, storedFile],
  ["POST", /^\/moderations$/, moderate],
];

/** Finds the endpoint and lets it answer. */
export async function route(call: Call): Promise<Reply> {
  const { method, path } = call.incoming;
  const hits = ROUTES.filter(([, pattern]) => pattern.test(path));
  const hit = hits.find(([allowed]) => allowed === method);
  if (!hit)
    throw hits.length > 0
      ? invalid("method_not_supported", null, `Not allowed to ${method} on /v1${path}.`, 405)
      : invalid("unknown_url", null, `Invalid URL (${method} /v1${path})`, 404);
  const id = hit[1].exec(path)?.[1];
  return hit[2](call, id === undefined ? "" : decodeURIComponent(id));
}
