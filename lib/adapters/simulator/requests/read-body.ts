import { invalid, Refusal } from "../http/refusal.ts";

/** A request once its envelope is understood. */
export type Incoming = {
  method: string;
  /** Path after `/v1`, without a trailing slash. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  signal: AbortSignal | null;
  body: { kind: "none" } | { kind: "json"; value: unknown } | { kind: "form"; form: FormData };
};

const LARGEST_BODY = 600 * 1024 * 1024;

/** Reads a request: checks the key and the content type, parses JSON or multipart. */
export async function readIncoming(request: Request, signal: AbortSignal | null): Promise<Incoming> {
  const url = new URL(request.url);
  const at = url.pathname.indexOf("/v1/");
  const path = at >= 0 ? url.pathname.slice(at + 3).replace(/\/+$/, "") : url.pathname;
  const incoming: Incoming = {
    method: request.method,
    path,
    query: url.searchParams,
    headers: request.headers,
    signal,
    body: { kind: "none" },
  };
  if (!/^Bearer \S+$/.test(request.headers.get("authorization") ?? "")) {
    throw new Refusal(401, {
      message: "You didn't provide an API key. Send it as a Bearer token in the Authorization header.",
      type: "invalid_request_error",
      param: null,
      code: null,
    });
  }
  if (at < 0) throw invalid("unknown_url", null, `Invalid URL (${request.method} ${url.pathname})`, 404);
  if (request.method === "GET" || request.method === "DELETE" || request.method === "HEAD") return incoming;
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY)
    throw invalid("request_too_large", null, "Request body is too large.", 413);
  incoming.body = await readBody(request);
  return incoming;
}

async function readBody(request: Request): Promise<Incoming["body"]> {
  const type = (request.headers.get("content-type") ?? "").toLowerCase();
  if (type.startsWith("multipart/form-data")) {
    const form = await request.formData().catch(() => null);
    if (!form) throw invalid("invalid_multipart", null, "Could not parse multipart form.");
    return { kind: "form", form };
  }
  const text = await request.text();
  if (text === "" && !type) return { kind: "none" };
  if (!type.startsWith("application/json"))
    throw invalid(
      "unsupported_content_type",
      null,
      `Unsupported content type: '${type}'. Use 'application/json'.`,
      415,
    );
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    throw invalid("invalid_json", null, "We could not parse the JSON body of your request.");
  }
}

/** The JSON body, or a 415 when something else was sent. */
export function jsonBody(incoming: Incoming): unknown {
  if (incoming.body.kind !== "json")
    throw invalid("unsupported_content_type", null, "This endpoint takes application/json.", 415);
  return incoming.body.value;
}
