import type { RunDocument } from "#lib/protocol/run.ts";
import type { Console, Span } from "./console.ts";
import { count, lasted, money, stateSpan } from "./words.ts";

const COMMAND = "npx throughline";

/** What to type next when a run has not succeeded: one line per way to go on. Empty when nothing is left to do. */
export function nextCommands(run: Pick<RunDocument, "runId" | "status" | "reason" | "steps">): string[] {
  const resume = `${COMMAND} resume ${run.runId}`;
  if (run.status === "succeeded") return [];
  if (run.status === "waiting") {
    return run.steps
      .filter((step) => step.state === "waiting")
      .map((step) => `${COMMAND} answer ${run.runId} ${step.nodeId}${step.pass ? `@${step.pass}` : ""} --approve`);
  }
  if (run.reason === "budget") return [`${resume} --budget <USD>`];
  if (run.reason === "in_doubt")
    return [`${resume} --in-doubt retry      (may pay a second time)`, `${resume} --in-doubt give-up`];
  return [resume];
}

const label = (run: RunDocument) =>
  run.status === "paused" && run.reason ? `paused: ${run.reason.replace("_", " ")}` : run.status;

/** The end of a run for people: what became of it, what failed and why, what it cost, which files it left, and what to type next. */
export function printRunReport(console: Console, run: RunDocument): void {
  const cached = run.steps.filter((step) => step.cached).length;
  const facts = [
    `${count(run.steps.length, "step")}${cached ? ` (${cached} cached)` : ""}`,
    `${count(run.paidCalls, "paid call")}`,
    money(run.costUsd) + (run.simulated ? " (simulated, nothing was charged)" : ""),
    ...(run.startedAt && run.endedAt ? [lasted(run.endedAt - run.startedAt)] : []),
  ];
  console.print(stateSpan(label(run), 0), ` ${run.runId} · ${facts.join(" · ")}`);
  const told = new Set(run.steps.map((step) => step.error?.message));
  if (run.error && !told.has(run.error.message)) console.print(["red", `${run.error.code}: `], run.error.message);
  for (const step of run.steps) {
    if (step.error && step.state !== "blocked") {
      console.print(["red", `${step.nodeId}: ${step.error.code}: `], step.error.message);
    }
  }
  for (const file of run.files) console.print(["dim", "  "], file);
  const next = nextCommands(run);
  if (next.length) console.print(["bold", "Go on with:"]);
  for (const line of next) console.print("  ", line);
}

/** A run with all its steps for people: `show`. */
export function printRunSteps(console: Console, run: RunDocument): void {
  const width = Math.max(12, ...run.steps.map((step) => step.nodeId.length + 2));
  console.print(["bold", run.graphName], ["dim", ` · ${run.graphId} · revision ${run.revision.slice(0, 12)}`]);
  for (const step of run.steps) {
    const spans: Span[] = [
      stateSpan(step.cached ? "cached" : step.state),
      " ",
      (step.pass ? `${step.nodeId}@${step.pass}` : step.nodeId).padEnd(width),
      " ",
      (step.calls ? `${count(step.calls, "call")} ${money(step.costUsd)}` : "").padEnd(18),
      " ",
      ["dim", step.why],
    ];
    console.print(...spans);
  }
}
