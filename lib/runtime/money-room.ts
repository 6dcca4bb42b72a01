import { type MicroUsd, toUsd } from "../protocol/money.ts";
import type { ImageValue } from "../protocol/values.ts";
import type { CallRow, Clock, Journal, Provider, RunRow } from "./ports.ts";
import { dayStart } from "./system-clock.ts";

type Ports = { journal: Journal; provider: Provider; clock: Clock; dayCapMicro: MicroUsd | null };

const isOpen = ({ state }: CallRow): boolean => state === "intent" || state === "accepted";

/**
 * USD a run may still spend under its own cap and the day's (what open calls have reserved counts as spent), and what another drawing like a picture would
 * have to reserve: what its own did, or, where it was drawn by another run, what it cost. Undefined when no cap counts.
 */
export async function roomFor(
  ports: Ports,
  run: Pick<RunRow, "id" | "budgetMicro">,
  { made }: ImageValue,
): Promise<{ left: number; again: number } | undefined> {
  if (ports.provider.simulated || (run.budgetMicro === null && ports.dayCapMicro === null)) return undefined;
  const calls = await ports.journal.callsOfRun(run.id);
  const left: MicroUsd[] = [];
  if (run.budgetMicro !== null) {
    const spent = calls.reduce((sum, call) => sum + (isOpen(call) ? call.reservedMicro : call.costMicro), 0);
    left.push(run.budgetMicro - spent);
  }
  if (ports.dayCapMicro !== null)
    left.push(ports.dayCapMicro - (await ports.journal.spentToday(dayStart(ports.clock.now()))));
  const own = made.responseId === undefined ? undefined : calls.find((call) => call.responseId === made.responseId);
  return { left: toUsd(Math.max(0, Math.min(...left))), again: own ? toUsd(own.reservedMicro) : (made.costUsd ?? 0) };
}
