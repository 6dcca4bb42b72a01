import type { RunEvent } from "#lib/protocol/events.ts";
import type { Console } from "./console.ts";
import { count, money, stateSpan } from "./words.ts";

type StepEvent = Extract<RunEvent, { nodeId: string }>;

const stepName = (event: StepEvent) => (event.pass > 0 ? `${event.nodeId}@${event.pass}` : event.nodeId);

/**
 * Tells a run's events as they come: one line per settled step with its state in words, what it cost and why it ran; steps that are
 * running stand in one line below that a terminal keeps rewriting.
 */
export function createProgress(console: Console, nodeIds: readonly string[] = []): (event: RunEvent) => void {
  const width = Math.min(28, Math.max(12, ...nodeIds.map((id) => id.length + 2)));
  const running = new Map<string, string>();
  const settle = (event: StepEvent, state: string, cost: string, why: string) => {
    running.delete(stepName(event));
    console.say(stateSpan(state), " ", stepName(event).padEnd(width), " ", ["bold", cost.padEnd(18)], " ", [
      "dim",
      why,
    ]);
  };
  const showRunning = () =>
    console.status(...(running.size ? [`running   ${[...running].map(([id, note]) => id + note).join(", ")}`] : []));
  return (event) => {
    switch (event.type) {
      case "run.started":
        console.say(["dim", `${event.runId} · ${count(event.nodes, "node")}`]);
        break;
      case "step.started":
        running.set(stepName(event), "");
        break;
      case "step.progress":
        running.set(
          stepName(event),
          event.fraction !== undefined ? ` ${Math.round(event.fraction * 100)} %` : ` (${event.message ?? "working"})`,
        );
        break;
      case "step.done":
        settle(event, "done", event.calls ? `${count(event.calls, "call")} ${money(event.costUsd)}` : "", event.why);
        for (const text of event.warnings ?? []) console.say(["yellow", "  warning "], text);
        if (event.rehydrated) console.say(["yellow", "  the conversation was rebuilt from what is stored here"]);
        break;
      case "step.cached":
        settle(event, "cached", "free", event.why);
        break;
      case "step.skipped":
        settle(event, "skipped", "", event.why);
        break;
      case "step.waiting":
        settle(event, "waiting", "", "a person decides");
        break;
      case "step.failed":
        settle(event, event.state, event.calls ? `${count(event.calls, "call")} ${money(event.costUsd)}` : "", "");
        console.say(["red", `  ${event.error.code}: `], event.error.message);
        break;
      default:
        break;
    }
    showRunning();
  };
}
