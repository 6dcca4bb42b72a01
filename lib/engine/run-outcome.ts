import type { Failure } from "../protocol/failure.ts";
import { isDoubtful, wentOn } from "./read-edge.ts";
import { rule } from "./rule.ts";
import { stepKey } from "./step-key.ts";
import { openPasses } from "./successors.ts";
import type { Plan, PlanNode, StepRow, Steps } from "./types.ts";

type RunOutcome =
  | { status: "succeeded" }
  | { status: "failed"; error: Failure }
  | { status: "cancelled" }
  /** `steps`: step keys that wait for a person. */
  | { status: "waiting"; steps: string[] }
  /** `steps`: step keys whose calls nobody can account for. */
  | { status: "paused"; reason: "in_doubt"; steps: string[] };

/**
 * What a run has come to when nothing of it can move; undefined while something runs, is queued or can be decided. In this order: it was
 * cancelled; a call is in doubt (until that is cleared up nothing is final); it waits for a person; a step failed that did not say
 * `onError: continue`; it succeeded.
 */
export function runOutcome(plan: Plan, steps: Steps): RunOutcome | undefined {
  const rows: { key: string; node: PlanNode; row: StepRow }[] = [];
  for (const id of plan.order) {
    const node = plan.nodes.get(id) as PlanNode;
    for (const pass of openPasses(plan, steps, node)) {
      const key = stepKey(id, pass);
      const row = steps.get(key);
      if (row?.state === "queued" || row?.state === "running") return undefined;
      if (row) rows.push({ key, node, row });
      else if (rule(plan, steps, id, pass).act !== "wait") return undefined;
    }
  }
  if (rows.some(({ row }) => row.state === "cancelled")) return { status: "cancelled" };
  const doubtful = rows.filter(({ row }) => row.state === "in_doubt");
  if (doubtful.length > 0 || rows.some(({ row }) => isDoubtful(row)))
    return { status: "paused", reason: "in_doubt", steps: doubtful.map(({ key }) => key) };
  const waiting = rows.filter(({ row }) => row.state === "waiting");
  if (waiting.length > 0) return { status: "waiting", steps: waiting.map(({ key }) => key) };
  const failures = rows.filter(({ node, row }) => row.state === "failed" && !wentOn(node, row));
  const [first] = [...failures.filter(({ row }) => row.error?.code !== "upstream_failed"), ...failures];
  if (!first) return { status: "succeeded" };
  return { status: "failed", error: first.row.error ?? { code: "failed", message: `${first.node.title} failed.` } };
}
