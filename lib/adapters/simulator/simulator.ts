import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";
import { faultChooser } from "./faults/choose-fault.ts";
import { answerBeforeWork } from "./faults/early-faults.ts";
import type { FaultScript } from "./faults/fault-script.ts";
import { spoilReply } from "./faults/late-faults.ts";
import { Refusal } from "./http/refusal.ts";
import { ConnectionReset, json, type Reply } from "./http/reply.ts";
import { asResponse, connectionError } from "./http/reply-as-response.ts";
import { habitViolations, type Ledger, type LedgerCall, openCall, readLedger } from "./ledger.ts";
import { MODELS_SERVED } from "./models-served.ts";
import type { SimulatorOptions } from "./options.ts";
import { type Incoming, readIncoming } from "./requests/read-body.ts";
import { route } from "./route.ts";
import { folderStore } from "./store/folder-store.ts";
import { memoryStore } from "./store/memory-store.ts";
import type { World } from "./world.ts";

export type { FaultRule, FaultScript } from "./faults/fault-script.ts";
export type { Ledger } from "./ledger.ts";
export type { SimulatorOptions } from "./options.ts";

/** A stand-in for the provider that speaks its wire protocol. */
export type Simulator = {
  /** Give this to the openai SDK as its `fetch`; any base URL whose path ends in /v1 will do. */
  fetch: typeof globalThis.fetch;
  /** What was asked, what was paid, which habits were broken. */
  ledger(): Ledger;
  /** Replaces the fault script and starts its counting anew. */
  setFaults(script: FaultScript): void;
  /** The same as `fetch` for a server: throws ConnectionReset where a socket must break. */
  answer(request: Request, signal: AbortSignal | null): Promise<Reply>;
};

/** Makes a simulator. With a folder its responses outlive the process, and several processes may share them. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const world: World = {
    store: options.folder ? folderStore(options.folder) : memoryStore(),
    now: options.now ?? Date.now,
    models: options.models ?? MODELS_SERVED,
    options,
    composed: new Map(),
  };
  let choose = faultChooser(options.faults ?? []);
  const answer = async (request: Request, signal: AbortSignal | null): Promise<Reply> => {
    const path = new URL(request.url).pathname.replace(/^.*?\/v1(?=\/)/, "");
    const entry = openCall(world.now(), request.method, path);
    try {
      const reply = await answerCall(world, entry, await readIncoming(request, signal), choose);
      entry.status = reply.status;
      return withId(reply);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      entry.status = error.status;
      return withId(json({ error: error.body }, error.status, { ...error.headers }));
    } finally {
      world.store.note(entry);
    }
  };
  return {
    answer,
    ledger: () => readLedger(world.store),
    setFaults: (script) => {
      choose = faultChooser(script);
    },
    fetch: async (input, init) => {
      const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
      try {
        return asResponse(await answer(new Request(input, { ...init, signal: null } as RequestInit), signal));
      } catch (error) {
        throw error instanceof ConnectionReset ? connectionError(error) : error;
      }
    },
  };
}

async function answerCall(
  world: World,
  entry: LedgerCall,
  incoming: Incoming,
  choose: ReturnType<typeof faultChooser>,
): Promise<Reply> {
  const fault = choose(incoming);
  entry.fault = fault?.name ?? null;
  const call: Call = {
    world,
    incoming,
    fault,
    entry,
    accept(responseId) {
      entry.responseId = responseId;
      entry.paid = true;
      // Written now: the work is paid for even if this process dies before it answers.
      world.store.note(entry);
    },
    violate: (what) => void entry.violations.push(what),
  };
  const sent = incoming.body.kind === "json" ? incoming.body.value : null;
  entry.violations.push(...habitViolations(incoming, sent, world.options, () => world.store.notes()));
  const early = fault && answerBeforeWork(fault, world.now());
  if (early) return early;
  const reply = await route(call);
  return fault ? spoilReply(reply, fault, incoming.signal) : reply;
}

function withId(reply: Reply): Reply {
  return {
    ...reply,
    headers: {
      "x-request-id": `req_${randomUUID().replaceAll("-", "")}`,
      "openai-processing-ms": "12",
      ...reply.headers,
    },
  };
}
