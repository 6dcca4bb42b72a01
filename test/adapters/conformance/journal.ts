import { afterEach, beforeEach, describe } from "vitest";
import type { Journal } from "#lib/runtime/ports.ts";
import { catalogueRules } from "./archive-catalogue.ts";
import { batchRules } from "./journal-batches.ts";
import { claimRules } from "./journal-claims.ts";
import { decisionRules } from "./journal-decisions.ts";
import { graphRules } from "./journal-graphs.ts";
import { ledgerRules } from "./journal-ledger.ts";
import { libraryRules } from "./journal-library.ts";
import { moneyRules } from "./journal-money.ts";
import { runRules } from "./journal-runs.ts";
import { sharedRules } from "./journal-shared.ts";
import { templateRules } from "./journal-templates.ts";
import { waitingRules } from "./journal-waiting.ts";
import { waysInRules } from "./journal-ways-in.ts";
import { writeRules } from "./journal-writes.ts";

/** Opens an empty journal; called before every test. `discard` closes it and removes its traces. */
export type OpenJournal = () => Promise<{ journal: Journal; discard(): Promise<void> }>;

/** Every rule of the Journal port. Whatever stores journals passes this suite unchanged. */
export function journalConformance(name: string, open: OpenJournal): void {
  describe(`${name} keeps the rules of the journal`, () => {
    let opened: Awaited<ReturnType<OpenJournal>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.discard());
    for (const rules of [
      graphRules,
      libraryRules,
      runRules,
      claimRules,
      decisionRules,
      batchRules,
      writeRules,
      ledgerRules,
      waitingRules,
      sharedRules,
      catalogueRules,
      waysInRules,
      moneyRules,
      templateRules,
    ])
      rules(() => opened.journal);
  });
}

/** The journal of the running test. */
export type Subject = () => Journal;
