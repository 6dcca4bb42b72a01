import * as z from "zod";

/** Where in a call's life a fault strikes, and whether the work was taken on (and so paid) when it does. */
export const FAULTS = {
  "429": "refuses",
  "429-quota": "refuses",
  "slow-down": "refuses",
  "503": "refuses",
  "500-before": "refuses",
  "reset-before": "refuses",
  "400-moderation": "refuses",
  "400": "refuses",
  "401": "refuses",
  "403": "refuses",
  "model-gone": "refuses",
  "prev-404": "refuses",
  html200: "refuses",
  empty200: "refuses",
  "204": "refuses",
  "500-after": "paid",
  "502-after": "paid",
  "reset-after": "paid",
  hang: "paid",
  "truncate-json": "paid",
  "sse-cut": "paid",
  "sse-cut-unnamed": "paid",
  "sse-reset": "paid",
  "sse-silent": "paid",
  "sse-bad-json": "paid",
  "sse-error": "paid",
  failed: "paid",
  "text-only": "paid",
  "null-result": "paid",
  "moderation-in-200": "paid",
  "bad-picture": "paid",
  "no-usage": "paid",
  "two-pictures": "paid",
  "poll-500": "paid",
  "poll-gone": "paid",
} as const;
export type Fault = keyof typeof FAULTS;

export const faultRule = z.strictObject({
  /** Part of the request's body. */
  match: z.string().min(1),
  fault: z.enum(Object.keys(FAULTS) as [Fault, ...Fault[]]),
  /** How many create calls it strikes; then it is used up. */
  times: z.int().min(1).default(1),
  /** Passes by this many matching create calls first. */
  after: z.int().min(0).default(0),
  retryAfterS: z.number().optional(),
  code: z.string().optional(),
});
export type FaultRule = z.infer<typeof faultRule>;

/** The next fault for a create call with this body, and takes it off the list. */
export function nextFault(rules: FaultRule[], body: string): FaultRule | undefined {
  for (const rule of rules) {
    if (rule.times === 0 || !body.includes(rule.match)) continue;
    if (rule.after > 0) {
      rule.after -= 1;
      continue;
    }
    rule.times -= 1;
    return rule;
  }
  return undefined;
}
