import { WrongUse } from "./wrong-use.ts";

/** The one sentence for a run id that the data folder does not know. */
export const unknownRun = (runId: string): WrongUse =>
  new WrongUse("UNKNOWN_RUN", `No run ${runId} is in this data folder; "throughline runs" lists them.`);
