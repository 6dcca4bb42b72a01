import type * as z from "zod";
import type { Caller } from "./auth.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What a route answers with. An async body is a stream; it ends early when the client goes. */
export type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
};

/** A request as it comes off the socket, before anything is believed. */
export type Incoming = {
  method: string;
  url: URL;
  host: string;
  /** First value of a header; names in lower case. */
  header(name: string): string | undefined;
  /** The whole body. Throws HttpError 413 above `limit` bytes and 408 when the sender falls silent. */
  bytes(limit: number): Promise<Buffer>;
  /** Aborts when the client goes. */
  signal: AbortSignal;
};

/** A request that passed every check: who, where to, and what, parsed. */
export type Call<B, Q> = {
  caller: Caller;
  params: Record<string, string>;
  query: Q;
  body: B;
  header: Incoming["header"];
  bytes: Incoming["bytes"];
  signal: AbortSignal;
};

/** How an answer is described to people and programs. */
export type Described = { says: string; schema?: z.ZodType; type?: string };

/** One route: all that is needed to serve it, to describe it, and to test that it is guarded. */
export type Route = {
  method: Method;
  /** `/api/runs/:id`; a segment with a colon is a parameter. */
  path: string;
  summary: string;
  /** Only health and what a link opens (which its token guards) are open; everything else needs the token or a session. */
  open: boolean;
  /** Where the address itself says who may come in: asked before anything else of the request is believed or read. Throws HttpError. */
  guard?(params: Record<string, string>): Promise<void>;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** A JSON body may be left out. */
  bodyOptional?: boolean;
  /** Most bytes of a JSON body, where it is not LIMITS.jsonBytes. */
  bodyBytes?: number;
  /** Media types a body of bytes may have; the handler reads it itself. */
  raw?: readonly string[];
  answers: Record<number, Described>;
  handle(call: Call<unknown, unknown>): Promise<Answer>;
};

type Definition<B extends z.ZodType, Q extends z.ZodObject> = Omit<Route, "query" | "body" | "open" | "handle"> & {
  open?: boolean;
  query?: Q;
  body?: B;
  handle(call: Call<z.output<B>, z.output<Q>>): Promise<Answer>;
};

/** Identity with inference: the only way to make a route. The checks themselves happen in `createApi`, the same for all. */
export const route = <B extends z.ZodType = z.ZodUndefined, Q extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: Definition<B, Q>,
): Route => ({ open: false, ...definition }) as Route;

/** A JSON answer. */
export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});
