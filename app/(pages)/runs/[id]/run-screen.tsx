"use client";
import Link from "next/link";
import { useState } from "react";
import { ApiError, sayWhy } from "#lib/client/call-api.ts";
import { verdictsByPicture } from "#lib/client/quality/verdict-words.ts";
import { stepGroups, stepsInOrder } from "#lib/client/run-steps.ts";
import { useRun } from "#lib/client/use-run.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { InsideSteps } from "./inside-steps.tsx";
import { Likeness } from "./likeness.tsx";
import { LiveRegion } from "./live-region.tsx";
import { PictureStrip } from "./picture-strip.tsx";
import { RunGraph } from "./run-graph.tsx";
import { RunHead } from "./run-head.tsx";
import { RunNotice } from "./run-notice.tsx";
import { RunSheets } from "./run-sheets.tsx";
import { Scrubber } from "./scrubber.tsx";
import { StepCard } from "./step-card.tsx";
import { Stories } from "./stories.tsx";
import { VerdictsContext } from "./verdicts-context.ts";

/** A run, live: every step in the order of the graph, with what it received, gave and cost. */
export function RunScreen({ runId }: { runId: string }) {
  const { view, error, refresh } = useRun(runId);
  /** A moment that is over, while somebody looks back; the steps below stay what they are. */
  const [then, setThen] = useState<RunView>();
  if (!view) {
    if (error instanceof ApiError && error.status === 404)
      return (
        <Notice tone="fail" title="There is no such run.">
          <Link href="/runs" className="text-brand underline underline-offset-4">
            All runs
          </Link>
        </Notice>
      );
    if (error)
      return (
        <Notice tone="fail" title="The run could not be loaded.">
          {sayWhy(error)}
        </Notice>
      );
    return <p className="py-10 text-soft text-sm">Loading …</p>;
  }
  const steps = stepsInOrder(view);
  return (
    <article className="flex flex-col gap-5">
      <RunHead view={view} steps={steps} refresh={refresh} />
      {view.connection === "lost" && (
        <Notice tone="hold" title="The connection was lost.">
          The run goes on. This page catches up by itself as soon as the server answers.
        </Notice>
      )}
      <RunNotice view={view} refresh={refresh} />
      <RunSheets sheets={view.document.sheets} />
      <RunGraph view={then ?? view} />
      <Scrubber view={view} onShow={setThen} />
      <PictureStrip steps={steps} />
      <Stories view={view} />
      <Likeness view={view} />
      <VerdictsContext value={verdictsByPicture(view.document)}>
        <ol className="flex flex-col gap-4">
          {stepGroups(steps).map(({ holder, steps: own }) =>
            holder ? (
              <li key={holder.id}>
                <InsideSteps holder={holder} steps={own} graphId={view.document.graphId} runId={runId} />
              </li>
            ) : (
              own.map((step) => (
                <li key={step.key} id={step.key} className="scroll-mt-20">
                  <StepCard step={step} runId={runId} />
                </li>
              ))
            ),
          )}
        </ol>
      </VerdictsContext>
      <LiveRegion steps={steps} status={view.live.status} />
    </article>
  );
}
