"use client";
import { ChevronRight, Layers } from "lucide-react";
import Link from "next/link";
import { stateOfAll } from "#lib/client/editor/running/rolled-up.ts";
import { addressOf } from "#lib/client/editor/subgraph/way-in.ts";
import type { ShownStep, StepHolder } from "#lib/client/run-steps.ts";
import { count, usd } from "#lib/client/words.ts";
import { StatePill } from "../../../_ui/state-pill.tsx";
import { StepCard } from "./step-card.tsx";

/** The steps inside a subgraph under one head that says how they are together. */
export function InsideSteps({
  holder,
  steps,
  graphId,
  runId,
}: {
  holder: StepHolder;
  steps: readonly ShownStep[];
  graphId: string;
  runId: string;
}) {
  const begun = steps.flatMap(({ step }) => step ?? []);
  const state = stateOfAll(begun.map((step) => step.state));
  const cost = begun.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const at = holder.graph.lastIndexOf("@");
  return (
    <details open className="group/inside rounded-xl border border-line">
      <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-xl px-4 py-3 hover:bg-ink/5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-soft transition-transform group-open/inside:rotate-90"
        />
        <Layers aria-hidden="true" className="size-4 text-soft" />
        <h2 className="font-semibold text-sm">{holder.title}</h2>
        <span className="text-soft text-xs">
          {holder.graph.slice(0, at)}, version {holder.graph.slice(at + 1)} · {count(steps.length, "step")}
        </span>
        <span className="ml-auto flex items-center gap-3 text-soft text-xs tabular-nums">
          {cost > 0 && <span>{usd(cost)}</span>}
          {state ? <StatePill state={state} cached={begun.every(({ cached }) => cached)} /> : <span>Not started</span>}
        </span>
      </summary>
      <div className="flex flex-col gap-3 px-3 pb-3">
        <ol className="flex flex-col gap-3">
          {steps.map((step) => (
            <li key={step.key} id={step.key} className="scroll-mt-20">
              <StepCard step={step} runId={runId} />
            </li>
          ))}
        </ol>
        <Link
          href={addressOf(holder.graph.slice(0, at), [{ graph: graphId, node: holder.id }])}
          className="self-start px-1 text-soft text-xs underline underline-offset-4 hover:text-ink"
        >
          Open {holder.title}
        </Link>
      </div>
    </details>
  );
}
