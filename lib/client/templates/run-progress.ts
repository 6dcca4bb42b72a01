import type { RunView } from "../watch-run.ts";

/** How far a run is, in words and as a share of its steps. */
export type FormProgress = { words: string; share: number; moving: boolean };

const DONE = new Set(["done", "skipped", "failed", "cancelled", "blocked", "in_doubt"]);

export function formProgress({ document, live }: Pick<RunView, "document" | "live">): FormProgress {
  const steps = [...live.steps.values()];
  const total = Math.max(document.nodes?.length ?? 0, steps.length, 1);
  const done = steps.filter(({ state }) => DONE.has(state)).length;
  const moving = live.status === "queued" || live.status === "running";
  const words = {
    queued: "Waiting for its turn",
    running: `Working: ${Math.min(done, total)} of ${total} steps`,
    waiting: "Waiting for a decision",
    paused: "Paused",
    succeeded: "Done",
    failed: "It did not work out",
    cancelled: "Stopped",
  }[live.status];
  return { words, share: moving ? Math.min(done / total, 0.98) : 1, moving };
}
