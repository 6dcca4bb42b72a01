import { randomUUID } from "node:crypto";
import type { Incoming } from "./requests/read-body.ts";
import type { SimulatorStore } from "./store/store.ts";

/** One request as the simulator saw it. */
export type LedgerCall = {
  /** Unique across processes. */
  key: string;
  /** Milliseconds since the epoch, by the simulator's clock. */
  at: number;
  method: string;
  path: string;
  /** True once the work was accepted: from then on it costs money, whatever becomes of the answer. */
  paid: boolean;
  /** HTTP status; null while under way, or when the connection broke. */
  status: number | null;
  fault: string | null;
  responseId: string | null;
  previousResponseId: string | null;
  model: string | null;
  imageModel: string | null;
  metadata: Record<string, string>;
  /** The request body of a POST, pictures replaced by their hash. */
  body: unknown;
  violations: string[];
};

/** What a simulator has counted, for all processes that share its folder. */
export type Ledger = { requests: number; paid: number; violations: string[]; calls: LedgerCall[] };

/** Starts the ledger line of a request. */
export function openCall(at: number, method: string, path: string): LedgerCall {
  return {
    key: randomUUID(),
    at,
    method,
    path,
    paid: false,
    status: null,
    fault: null,
    responseId: null,
    previousResponseId: null,
    model: null,
    imageModel: null,
    metadata: {},
    body: null,
    violations: [],
  };
}

/** Adds everything up. */
export function readLedger(store: SimulatorStore): Ledger {
  const calls = store.notes();
  return {
    requests: calls.length,
    paid: calls.filter((call) => call.paid).length,
    violations: calls.flatMap((call) => call.violations),
    calls,
  };
}

/** Habits of a careful client that no server can enforce, checked on every request. */
export function habitViolations(
  incoming: Incoming,
  body: unknown,
  options: { dedupeKey?: string },
  earlier: () => LedgerCall[],
): string[] {
  const found: string[] = [];
  const retries = incoming.headers.get("x-stainless-retry-count");
  if (retries !== null && retries !== "0")
    found.push(`${incoming.path}: the SDK retried by itself (x-stainless-retry-count ${retries})`);
  if (typeof body !== "object" || body === null) return found;
  const fields = body as Record<string, unknown>;
  if ("user" in fields) found.push(`${incoming.path}: 'user' is a legacy parameter`);
  const judge = (fields.text as { format?: { type?: string } } | undefined)?.format?.type === "json_schema";
  if (judge && fields.store !== false) found.push(`${incoming.path}: a judge call should be sent with store: false`);
  const mark = options.dedupeKey
    ? (fields.metadata as Record<string, string> | undefined)?.[options.dedupeKey]
    : undefined;
  if (mark && earlier().some((call) => call.paid && call.metadata[options.dedupeKey!] === mark))
    found.push(`${incoming.path}: '${mark}' was already paid for`);
  return found;
}
