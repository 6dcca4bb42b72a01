import type { AnswerFault } from "./faults/fault-script.ts";
import type { LedgerCall } from "./ledger.ts";
import type { Incoming } from "./requests/read-body.ts";
import type { World } from "./world.ts";

/** One request on its way through the simulator. */
export type Call = {
  world: World;
  incoming: Incoming;
  fault: AnswerFault | null;
  /** Its ledger line. */
  entry: LedgerCall;
  /** Counts the work as paid; from here on it is done whatever becomes of the answer. */
  accept(responseId: string | null): void;
  /** Notes a breach of good habits. */
  violate(what: string): void;
};
