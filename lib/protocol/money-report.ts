import * as z from "zod";

/** What a number of calls came to. `spentUsd` = what the caps count: paid, and reserved while the fate is open or the usage unknown. */
export const Spent = z.object({ spentUsd: z.number(), calls: z.int() });
export type Spent = z.infer<typeof Spent>;

const Share = Spent.extend({ simulatedCalls: z.int() });
/** A call whose reservation is held: on its way, or of unknown fate. */
export const OpenCall = z.object({
  key: z.string(),
  runId: z.string(),
  graphName: z.string(),
  nodeId: z.string(),
  model: z.string(),
  state: z.enum(["intent", "accepted", "in_doubt"]),
  reservedUsd: z.number(),
  createdAt: z.number(),
  runStatus: z.string(),
});
export type OpenCall = z.infer<typeof OpenCall>;

/** What a run was reckoned to cost before each call was sent, and what it was paid. `ratio` = paid / reckoned. */
export const Reconciled = z.object({
  runId: z.string(),
  graphId: z.string(),
  graphName: z.string(),
  createdAt: z.number(),
  calls: z.int(),
  estimatedUsd: z.number(),
  paidUsd: z.number(),
  ratio: z.number().optional(),
  /** Calls whose usage the provider did not tell: the reservation stands for the cost. */
  unknownCalls: z.int(),
});
export type Reconciled = z.infer<typeof Reconciled>;

/** `GET /api/money`. Money in USD, days in UTC. Simulated work costs nothing and is counted apart. */
export const MoneyReport = z.object({
  simulated: z.boolean(),
  caps: z.object({ runUsd: z.number().nullable(), dayUsd: z.number().nullable() }),
  today: Spent,
  week: Spent,
  month: Spent,
  /** The last 30 days, oldest first, one entry per day. */
  days: z.array(Spent.extend({ day: z.string() })),
  /** What the simulator did in the last 30 days. */
  simulatedWork: z.object({ calls: z.int(), runs: z.int() }),
  byTemplate: z.array(Share.extend({ graphId: z.string(), name: z.string(), runs: z.int() })),
  byModel: z.array(Share.extend({ model: z.string() })),
  byBatch: z.array(Share.extend({ batchId: z.string(), name: z.string(), runs: z.int() })),
  open: z.object({ reservedUsd: z.number(), calls: z.array(OpenCall), more: z.int() }),
  inDoubt: z.object({ reservedUsd: z.number(), calls: z.array(OpenCall), more: z.int() }),
  runs: z.array(Reconciled),
  /** Over all settled calls of the last 30 days. */
  reconciled: z.object({ estimatedUsd: z.number(), paidUsd: z.number(), ratio: z.number().optional() }),
});
export type MoneyReport = z.infer<typeof MoneyReport>;

/** `GET /api/money/ledger.csv`: days as YYYY-MM-DD (UTC), both ends included. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "write a day like 2026-11-20");
export const LedgerQuery = z.strictObject({ from: Day.optional(), to: Day.optional() });
