import type { PauseReason } from "../protocol/run.ts";

/** Why a run stops: `cancel` passes the wish on to the provider, the others keep ids for later. */
export type StopReason = "cancel" | "interrupt" | "fenced";

/** A paid call's fate is unknown; a person decides. The step rests, other branches go on. */
export class InDoubt extends Error {
  readonly callKey: string;
  constructor(callKey: string, message: string) {
    super(message);
    this.name = "InDoubt";
    this.callKey = callKey;
  }
}

/** The step cannot go on for now; nothing was lost. It stays queued and the run rests as `paused`. */
export class Paused extends Error {
  readonly reason: Exclude<PauseReason, "in_doubt">;
  constructor(reason: Exclude<PauseReason, "in_doubt">, message: string) {
    super(message);
    this.name = "Paused";
    this.reason = reason;
  }
}

/** The run was stopped while this was under way. */
export class Stopped extends Error {
  constructor() {
    super("The run was stopped.");
    this.name = "Stopped";
  }
}
