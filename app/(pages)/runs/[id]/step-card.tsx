"use client";
import type { ShownStep } from "#lib/client/run-steps.ts";
import { count, duration, usd } from "#lib/client/words.ts";
import { StatePill } from "../../../_ui/state-pill.tsx";
import { PartialPictures } from "./partial-pictures.tsx";
import { StepCalls } from "./step-calls.tsx";
import { StepOutputs } from "./step-outputs.tsx";
import { useNow } from "./use-now.ts";

/** One step: its state in words, why it ran, what it gave, what was sent for it, and any error right here. */
export function StepCard({ step: shown, runId }: { step: ShownStep; runId: string }) {
  const { step, title, type, pass, passes, calls, partials } = shown;
  const running = step?.state === "running";
  const now = useNow(running);
  const time = step?.startedAt === undefined ? undefined : (step.endedAt ?? (running ? now : undefined));
  return (
    <section
      aria-label={title}
      className={`overflow-hidden rounded-xl border bg-surface ${step?.state === "failed" ? "border-fail/60" : "border-line"} ${step ? "" : "border-dashed"}`}
    >
      <header className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
        <h2 className="font-semibold text-sm">
          {title}
          {passes > 1 && <span className="ml-2 font-normal text-soft">pass {pass + 1}</span>}
        </h2>
        <p className="text-soft text-xs">{[type, step?.error ? undefined : step?.why].filter(Boolean).join(" · ")}</p>
        <span className="ml-auto flex items-center gap-3 text-soft text-xs tabular-nums">
          {step && step.costUsd > 0 && <span>{usd(step.costUsd)}</span>}
          {time !== undefined && step?.startedAt !== undefined && time > step.startedAt && (
            <span>{duration(time - step.startedAt)}</span>
          )}
          {step ? <StatePill state={step.state} cached={step.cached} /> : <span>Not started</span>}
        </span>
        {running && (
          <span aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 overflow-hidden bg-run/20">
            <span className="block h-full w-1/4 animate-sweep bg-run" />
          </span>
        )}
      </header>
      {step && (
        <div className="flex flex-col gap-4 px-4 pb-4 empty:hidden">
          {step.error && <StepError step={shown} />}
          {running && <PartialPictures partials={partials} drawing={calls.length > 0 || partials.length > 0} />}
          <StepOutputs outputs={shown.outputs} title={title} />
          {step.state === "waiting" && <Waiting shown={shown} runId={runId} />}
          {step.warnings?.map((warning) => (
            <p key={warning} className="text-hold text-sm">
              {warning}
            </p>
          ))}
          <footer className="flex flex-col gap-1 text-soft text-xs empty:hidden">
            {step.items.length > 1 && <p>{count(step.items.length, "item")}</p>}
            {step.rehydrated && <p>The thread was rebuilt from what was stored here.</p>}
            <StepCalls calls={calls} />
          </footer>
        </div>
      )}
    </section>
  );
}

function StepError({ step: { step, calls } }: { step: ShownStep }) {
  if (!step?.error) return null;
  const good = step.items.filter((item) => item.state === "done").length;
  const paid = calls.filter((call) => call.state === "completed").length;
  return (
    <div role="alert" className="rounded-lg bg-well px-4 py-3 text-sm">
      <p className="font-medium text-fail">{step.error.message}</p>
      <p className="mt-1 text-soft text-xs">
        <code>{step.error.code}</code>
        {step.costUsd > 0 ? ` · cost so far ${usd(step.costUsd)}` : ""}
        {good > 0 ? ` · ${count(good, "item")} of ${step.items.length} kept` : ""}
        {good === 0 && paid > 0 ? ` · ${count(paid, "paid answer")} kept` : ""}
        {step.error.requestId ? ` · request ${step.error.requestId}` : ""}
      </p>
    </div>
  );
}

function Waiting({ shown, runId }: { shown: ShownStep; runId: string }) {
  const name = shown.pass > 0 ? `${shown.nodeId}@${shown.pass}` : shown.nodeId;
  const { question } = shown.step ?? {};
  return (
    <div className="rounded-lg border border-wait/40 bg-well px-4 py-3 text-sm">
      <p>{typeof question === "string" ? question : "This step waits for a decision."}</p>
      <pre className="mt-2 whitespace-pre-wrap break-words font-mono text-soft text-xs">{`npx throughline answer ${runId} ${name} --approve`}</pre>
    </div>
  );
}
