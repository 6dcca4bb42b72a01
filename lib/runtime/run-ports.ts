import type { Catalogue } from "../engine/types.ts";
import type { EventBody } from "../protocol/events.ts";
import type { Registry } from "../sdk/registry.ts";
import type { CallSlots } from "./call-slots.ts";
import type { Pace } from "./pace.ts";
import type { RunRow } from "./ports.ts";
import type { ItemPorts } from "./run-item.ts";

/** Everything an execution needs of the world. */
export type RunPorts = ItemPorts & {
  registry: Registry;
  catalogue: Catalogue;
  /** Where rows of batches get their calls' places, so that some are left for runs a person looks at; undefined = with everybody else. */
  rowSlots?: CallSlots;
  /** The same for the provider's limits. */
  rowPace?: Pace;
  /** Resolves when no calls are being sent. */
  calm(): Promise<void>;
  /** Tells watchers in this process that the run has news. */
  changed(runId: string): void;
  /** Shows a transient event to watchers in this process. */
  show(runId: string, event: EventBody): void;
  /** A small preview of a partial picture as a data URL, or nothing when nobody watches. */
  preview(runId: string, bytes: Buffer): Promise<string | undefined>;
};

export type RunLease = {
  run: RunRow;
  stop: AbortSignal;
  checkLease(): void;
  /** Has something looked at every few seconds while the run is held. */
  onBeat?(look: () => Promise<void>): void;
};
