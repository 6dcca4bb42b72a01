import { Agent, fetch as undiciFetch } from "undici";

export type Fetch = typeof globalThis.fetch;

/**
 * The connection failed before an answer's headers. `nothingSent` only where that is proven: the connection was never made, or not one
 * byte was written to it.
 */
export class TransportError extends Error {
  readonly nothingSent: boolean;
  readonly code: string;
  constructor(nothingSent: boolean, code: string, message: string) {
    super(message);
    this.name = "TransportError";
    this.nothingSent = nothingSent;
    this.code = code;
  }
}

const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

type Faults = {
  code?: string;
  syscall?: string;
  message?: string;
  errors?: unknown[];
  cause?: unknown;
  socket?: { bytesWritten?: number };
};

function neverConnected(error: Faults): boolean {
  // A host with several addresses fails with one error per address tried.
  if (error.errors?.length) return error.errors.every((each) => neverConnected(each as Faults));
  const code = error.code ?? "";
  if (NEVER_CONNECTED.has(code) || code.startsWith("CERT_") || code.startsWith("ERR_TLS_CERT")) return true;
  return error.syscall === "connect" || error.syscall === "getaddrinfo" || error.socket?.bytesWritten === 0;
}

const faultOf = (error: unknown): Faults => {
  const outer = error as Faults;
  return outer?.cause && typeof outer.cause === "object" ? (outer.cause as Faults) : (outer ?? {});
};

/** What a failed `fetch` or a failed read of its body comes to. */
export function transportError(error: unknown): TransportError {
  const fault = faultOf(error);
  const code = fault.code ?? (fault.errors?.[0] as Faults | undefined)?.code ?? "CONNECTION_LOST";
  return new TransportError(neverConnected(fault), code, fault.message || code);
}

/**
 * `fetch` on keep-alive connections without the five-minute limits of Node's own (a picture may take longer than that to answer): time is
 * kept by our own watchdogs. Idle sockets are dropped after 4 s, before servers drop them, so that a paid call is not written to one that
 * is just being closed.
 */
export function pooledFetch(): { fetch: Fetch; close(): Promise<void> } {
  const agent = new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 512,
    keepAliveTimeout: 4000,
    connect: { timeout: 15_000 },
  });
  const pooled = ((url: string, init: RequestInit) =>
    undiciFetch(url, { ...(init as object), dispatcher: agent })) as unknown as Fetch;
  return { fetch: pooled, close: () => agent.destroy() };
}
