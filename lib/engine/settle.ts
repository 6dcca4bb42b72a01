/** Everything a run is decided by; the law itself stands in rule.ts. */
export { passInfo } from "./pass-info.ts";
export { rule } from "./rule.ts";
export { runOutcome } from "./run-outcome.ts";
export { parseStepKey, stepKey } from "./step-key.ts";
export { frontier, loopOver, successors } from "./successors.ts";
export { earlierItem } from "./trace.ts";
export { type Way, wayOf, waysHeeded } from "./way.ts";
