"use client";
import {
  Ban,
  Check,
  CircleDashed,
  CircleDot,
  Hand,
  HelpCircle,
  type LucideIcon,
  Minus,
  Spline,
  TriangleAlert,
  X,
  Zap,
} from "lucide-react";
import { useEffect, useState } from "react";
import { type CardState, STATE_WORDS } from "#lib/client/editor/canvas/card-state.ts";
import type { NodeRun } from "#lib/client/editor/node-run.ts";
import { duration } from "#lib/client/words.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";

const LOOKS: Record<CardState, { tone: string; Icon: LucideIcon }> = {
  queued: { tone: "text-soft", Icon: CircleDashed },
  running: { tone: "text-run", Icon: Spline },
  done: { tone: "text-soft", Icon: Check },
  cached: { tone: "text-soft", Icon: Zap },
  stale: { tone: "text-hold", Icon: CircleDot },
  waiting: { tone: "text-wait", Icon: Hand },
  failed: { tone: "text-fail", Icon: X },
  skipped: { tone: "text-soft", Icon: Minus },
  cancelled: { tone: "text-soft", Icon: Ban },
  in_doubt: { tone: "text-hold", Icon: HelpCircle },
  blocked: { tone: "text-soft", Icon: TriangleAlert },
};
const MODES: Record<GraphNode["mode"], string> = { on: "", bypass: "Bypassed", mute: "Muted" };

/** The state of a card in a word with its sign; nothing while there is nothing to say. */
export function CardPill({
  state,
  run,
  mode,
}: {
  state: CardState | undefined;
  run: NodeRun | undefined;
  mode: GraphNode["mode"];
}) {
  if (mode !== "on") return <span className="shrink-0 text-[11px] text-soft">{MODES[mode]}</span>;
  if (!state) return null;
  const { tone, Icon } = LOOKS[state];
  return (
    <span className={`flex shrink-0 items-center gap-1 text-[11px] tabular-nums ${tone}`} title={run?.why}>
      <Icon aria-hidden="true" className="size-3" />
      {STATE_WORDS[state]}
      {run && run.passes > 1 && ` · pass ${run.pass + 1}`}
      {state === "running" && run?.startedAt !== undefined && <Elapsed since={run.startedAt} />}
    </span>
  );
}

function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return <span aria-hidden="true">{seconds < 60 ? `${seconds} s` : duration(seconds * 1000)}</span>;
}
