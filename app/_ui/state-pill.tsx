import {
  Ban,
  Check,
  CircleDashed,
  CirclePause,
  Hand,
  HelpCircle,
  type LucideIcon,
  Minus,
  Spline,
  TriangleAlert,
  X,
  Zap,
} from "lucide-react";
import type { RunStatus, StepState } from "#lib/protocol/run.ts";

type Look = { word: string; tone: string; Icon: LucideIcon };

const LOOKS: Record<RunStatus | StepState | "cached", Look> = {
  queued: { word: "Queued", tone: "text-soft", Icon: CircleDashed },
  running: { word: "Running", tone: "text-run", Icon: Spline },
  waiting: { word: "Waiting for you", tone: "text-wait", Icon: Hand },
  paused: { word: "Paused", tone: "text-hold", Icon: CirclePause },
  succeeded: { word: "Succeeded", tone: "text-done", Icon: Check },
  done: { word: "Done", tone: "text-soft", Icon: Check },
  cached: { word: "Cached", tone: "text-soft", Icon: Zap },
  skipped: { word: "Skipped", tone: "text-soft", Icon: Minus },
  failed: { word: "Failed", tone: "text-fail", Icon: X },
  cancelled: { word: "Cancelled", tone: "text-soft", Icon: Ban },
  in_doubt: { word: "In doubt", tone: "text-hold", Icon: HelpCircle },
  blocked: { word: "Blocked", tone: "text-soft", Icon: TriangleAlert },
};

/** The state of a run or step: always a word, a sign and a colour, never colour alone. */
export function StatePill({ state, cached = false }: { state: RunStatus | StepState; cached?: boolean }) {
  const { word, tone, Icon } = LOOKS[cached && state === "done" ? "cached" : state];
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border border-line px-2.5 py-0.5 font-medium text-xs ${tone}`}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {word}
    </span>
  );
}
