import type { Clock } from "../ports.ts";
import type { Schedules } from "./schedules-api.ts";

/** How often it is looked at what is due (ms). */
const LOOK_MS = 2_000;

/** Looks for due schedules every two seconds until it is stopped. One look at a time; a failed one is told and tried again. */
export function createScheduleLoop(
  schedules: Pick<Schedules, "sweep">,
  clock: Clock,
  logError: (message: string, error: unknown) => void,
): { start(): void; stop(): Promise<void> } {
  const over = new AbortController();
  let running: Promise<void> | undefined;
  const loop = async () => {
    while (!over.signal.aborted) {
      try {
        await schedules.sweep();
      } catch (error) {
        if (!over.signal.aborted) logError("Schedules could not be looked at; it is tried again.", error);
      }
      await clock.sleep(LOOK_MS, over.signal).catch(() => {});
    }
  };
  return {
    start() {
      running ??= loop();
    },
    async stop() {
      over.abort();
      await running;
    },
  };
}
