import { toUsd } from "../protocol/money.ts";
import { collectGarbage, fsck } from "./store-care.ts";
import type { Studio } from "./studio-api.ts";
import type { StudioPorts } from "./studio-ports.ts";
import { dayStart } from "./system-clock.ts";

type CarePart = "fsck" | "gc" | "health" | "metrics" | "storage";

/** How the studio is: looked through, cleared out, counted. */
export function createCare(ports: StudioPorts): Pick<Studio, CarePart> {
  const { journal, assets, clock, provider } = ports;
  return {
    fsck: () => fsck(journal, assets),
    gc: ({ dryRun }) => collectGarbage(journal, assets, clock, dryRun),

    async health() {
      const checked = await journal
        .listNotes("health")
        .catch((error: Error) => [{ id: "journal", value: { message: error.message } }]);
      const problems = checked.map((note) => String(note.value.message));
      const [queued, running] = await Promise.all([journal.countRuns("queued"), journal.countRuns("running")]);
      return {
        status: problems.length === 0 ? "ok" : "degraded",
        problems,
        simulated: provider.simulated,
        queued,
        running,
      };
    },

    async metrics() {
      const statuses = ["queued", "running", "waiting", "paused", "succeeded", "failed", "cancelled"] as const;
      const counts = await Promise.all(
        statuses.map(async (status) => [status, await journal.countRuns(status)] as const),
      );
      return {
        runs: Object.fromEntries(counts),
        spentTodayUsd: toUsd(await journal.spentToday(dayStart(clock.now()))),
        callsInFlight: ports.callsInFlight(),
      };
    },

    storage: () => journal.assetTotals(),
  };
}
