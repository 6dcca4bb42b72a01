import type { FaultScript } from "./faults/fault-script.ts";
import type { ModelsServed } from "./models-served.ts";

/** What a request is about, for choosing how long it takes. */
export type WorkKind = { kind: "image" | "text"; path: string; prompt: string; pixels: number };

/** How a simulator behaves. */
export type SimulatorOptions = {
  /** Where responses, pictures and the ledger are kept; without it they end with the process. */
  folder?: string;
  /** How long the work takes, in milliseconds [120 for pictures, 50 for text]. */
  latencyMs?: number | ((work: WorkKind) => number);
  faults?: FaultScript;
  /** The clock, milliseconds since the epoch [Date.now]. */
  now?: () => number;
  models?: ModelsServed;
  /** Refuse a threaded turn that does not send instructions and tools again; otherwise it is only noted [false]. */
  requireInstructionsOnThreads?: boolean;
  /** A metadata key whose value may be paid for once only; a second time is noted as a violation. */
  dedupeKey?: string;
};

const PICTURE_MS = 120;
const TEXT_MS = 50;

/** Milliseconds the work takes. */
export function durationOf(options: SimulatorOptions, work: WorkKind): number {
  const { latencyMs } = options;
  if (typeof latencyMs === "function") return Math.max(0, latencyMs(work));
  return latencyMs ?? (work.kind === "image" ? PICTURE_MS : TEXT_MS);
}
