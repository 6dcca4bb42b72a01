import { ApiError } from "../call-api.ts";

/** What must be confirmed before it starts: so many calls, so much money at most; the token says that a person saw it. */
export type Confirm = { token: string; calls: number; costUsd: number };

/** What a refusal asks to have confirmed; undefined when it is another refusal. */
export function confirmOf(error: unknown): Confirm | undefined {
  if (!(error instanceof ApiError) || error.problem?.code !== "CONFIRM_REQUIRED") return undefined;
  // The problem document carries the estimate it was refused for.
  const more = error.problem as Partial<{
    confirm: string;
    calls: number;
    costUsd: number;
    estimate: Partial<Confirm>;
  }>;
  if (more.confirm === undefined) return undefined;
  return {
    token: more.confirm,
    calls: more.calls ?? more.estimate?.calls ?? 0,
    costUsd: more.costUsd ?? more.estimate?.costUsd ?? 0,
  };
}
