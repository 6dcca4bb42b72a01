import { type Clock, DiskFull } from "./ports.ts";

const RETRY_MS = 500;
const PATIENCE_MS = 120_000;

/**
 * Writes what is paid for and in no other place yet. While the disk takes no writes it is kept in memory and tried again, whether or not its run goes
 * on; after two minutes it throws DiskFull.
 */
export async function untilRoom<T>(clock: Pick<Clock, "monotonic" | "sleep">, write: () => Promise<T>): Promise<T> {
  const until = clock.monotonic() + PATIENCE_MS;
  for (;;)
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof DiskFull) || clock.monotonic() >= until) throw error;
      await clock.sleep(RETRY_MS);
    }
}
