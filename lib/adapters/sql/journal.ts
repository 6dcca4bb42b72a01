import type { Journal } from "#lib/runtime/ports.ts";
import { archive } from "./archive.ts";
import { batches } from "./batches.ts";
import { catalogue } from "./catalogue/index.ts";
import { claims } from "./claims.ts";
import { decisions } from "./decisions.ts";
import type { Dialect } from "./dialect.ts";
import { graphs } from "./graphs.ts";
import { hooks } from "./hooks.ts";
import { itemClaims } from "./item-claims.ts";
import { calls, ledger } from "./ledger.ts";
import { library } from "./library.ts";
import { money } from "./money.ts";
import { notes } from "./notes.ts";
import { rates } from "./rates.ts";
import { results } from "./results.ts";
import { runWrites } from "./run-writes.ts";
import { runs } from "./runs.ts";
import { schedules } from "./schedules.ts";
import { secrets } from "./secrets.ts";
import { sent } from "./sent.ts";
import { stepReads } from "./steps.ts";
import { templates } from "./templates.ts";
import { upkeep } from "./upkeep.ts";
import { waiting } from "./waiting.ts";

/** The journal over any database this folder speaks: the dialect brings the connection, everything else is shared. */
export const sqlJournal = (dialect: Dialect): Journal => ({
  ...graphs(dialect),
  ...runs(dialect),
  ...claims(dialect),
  ...decisions(dialect),
  ...runWrites(dialect),
  ...stepReads(dialect),
  ...waiting(dialect),
  ...results(dialect),
  ...ledger(dialect),
  ...calls(dialect),
  ...itemClaims(dialect),
  ...rates(dialect),
  ...archive(dialect),
  archive: catalogue(dialect),
  ...notes(dialect),
  ...upkeep(dialect),
  hooks: hooks(dialect),
  schedules: schedules(dialect),
  secrets: secrets(dialect),
  sent: sent(dialect),
  batches: batches(dialect),
  money: money(dialect),
  library: library(dialect),
  templates: templates(dialect),
});
