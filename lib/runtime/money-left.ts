import { type MicroUsd, toUsd } from "../protocol/money.ts";
import type { CallRow, Clock, Journal, Provider, RunRow } from "./ports.ts";
import { dayStart } from "./system-clock.ts";

type Ports = { journal: Journal; provider: Provider; clock: Clock; dayCapMicro: MicroUsd | null };

const isOpen = ({ state }: CallRow): boolean => state === "intent" || state === "accepted";

/** USD a run may still spend under its own cap and the day's, what open calls have reserved counted as spent; undefined = no cap counts. */
export async function moneyLeft(ports: Ports, run: Pick<RunRow, "id" | "budgetMicro">): Promise<number | undefined> {
  if (ports.provider.simulated) return undefined;
  const left: MicroUsd[] = [];
  if (run.budgetMicro !== null) {
    const calls = await ports.journal.callsOfRun(run.id);
    const spent = calls.reduce((sum, call) => sum + (isOpen(call) ? call.reservedMicro : call.costMicro), 0);
    left.push(run.budgetMicro - spent);
  }
  if (ports.dayCapMicro !== null)
    left.push(ports.dayCapMicro - (await ports.journal.spentToday(dayStart(ports.clock.now()))));
  return left.length === 0 ? undefined : toUsd(Math.max(0, Math.min(...left)));
}
