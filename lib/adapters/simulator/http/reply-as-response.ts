import { ConnectionReset, type Reply } from "./reply.ts";

/** Turns an answer into what `fetch` resolves with. */
export function asResponse(reply: Reply): Response {
  const empty = reply.status === 204 || reply.status === 304;
  const body = empty
    ? null
    : typeof reply.body === "string" || reply.body === null
      ? reply.body
      : reply.body instanceof Uint8Array
        ? new Uint8Array(reply.body)
        : streamOf(reply.body);
  return new Response(body, { status: reply.status, headers: reply.headers });
}

/** The error `fetch` rejects with when a connection breaks before the answer. */
export function connectionError(reset: ConnectionReset): TypeError {
  const cause = Object.assign(new Error(reset.code === "ECONNREFUSED" ? "connect ECONNREFUSED" : "read ECONNRESET"), {
    code: reset.code,
  });
  return new TypeError("fetch failed", { cause });
}

function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        controller.error(
          error instanceof ConnectionReset
            ? new TypeError("terminated", {
                cause: Object.assign(new Error("other side closed"), { code: error.code }),
              })
            : error,
        );
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
