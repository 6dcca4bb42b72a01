import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, Incoming } from "./http.ts";
import { HttpError } from "./http-problem.ts";

/** A sender may be silent this long within one body, and take this long for all of it (ms). */
const BODY_IDLE_MS = 30_000;
const BODY_TOTAL_MS = 240_000;
/** After an early answer this much more of the body is read and thrown away, so that the answer arrives before the connection ends. */
const DRAIN_MS = 5_000;

/** A request off the socket in the words of `http.ts`. */
export function incomingOf(req: IncomingMessage, res: ServerResponse, host: string): Incoming {
  const gone = new AbortController();
  res.once("close", () => gone.abort());
  return {
    method: req.method ?? "GET",
    url: new URL(`http://${host}${req.url ?? "/"}`),
    host,
    header: (name) => req.headersDistinct[name]?.[0],
    bytes: (limit) => readBody(req, limit),
    signal: gone.signal,
  };
}

function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new HttpError(413, "TOO_LARGE", `This is larger than the limit of ${limit} bytes.`, { more: { limit } });
  if (Number(req.headers["content-length"] ?? 0) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (settle: () => void) => {
      clearTimeout(idle);
      clearTimeout(total);
      req.off("data", onData).off("end", onEnd).off("error", onGone).off("close", onGone);
      settle();
    };
    const late = () => {
      finish(() =>
        reject(
          new HttpError(408, "TOO_SLOW", "The body did not arrive in time.", { headers: { connection: "close" } }),
        ),
      );
    };
    const onData = (chunk: Buffer) => {
      idle.refresh();
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else finish(() => reject(tooLarge()));
    };
    const onEnd = () => finish(() => resolve(Buffer.concat(chunks, size)));
    const onGone = () => finish(() => reject(new HttpError(400, "CUT_OFF", "The body was cut off.")));
    const idle = setTimeout(late, BODY_IDLE_MS);
    const total = setTimeout(late, BODY_TOTAL_MS);
    req.on("data", onData).on("end", onEnd).on("error", onGone).on("close", onGone);
  });
}

/** Writes an answer, waiting whenever the client is slower than we are. HEAD gets the headers alone. */
export async function send(req: IncomingMessage, res: ServerResponse, answer: Answer): Promise<void> {
  if (res.destroyed) return discard(answer);
  res.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value);
  drain(req);
  const { body } = answer;
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
    if (body !== undefined) res.setHeader("content-length", Buffer.byteLength(body));
    res.end(req.method === "HEAD" ? undefined : body);
    return;
  }
  res.flushHeaders();
  if (req.method === "HEAD") {
    res.end();
    return discard(answer);
  }
  for await (const part of body) {
    if (res.destroyed) break;
    if (!res.write(part)) await taken(res);
  }
  res.end();
}

function taken(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off("drain", done).off("close", done);
      resolve();
    };
    res.on("drain", done).on("close", done);
  });
}

async function discard({ body }: Answer): Promise<void> {
  if (body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array))
    await body[Symbol.asyncIterator]().return?.();
}

function drain(req: IncomingMessage): void {
  if (req.complete) return;
  req.resume();
  const timer = setTimeout(() => req.destroy(), DRAIN_MS);
  timer.unref();
  req.once("close", () => clearTimeout(timer));
}
