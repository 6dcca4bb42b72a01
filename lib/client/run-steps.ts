import { stepKey } from "../engine/step-key.ts";
import type { CallView, Step, StepItem } from "../protocol/run.ts";
import type { Value } from "../protocol/values.ts";
import type { PartialPicture, RunView } from "./watch-run.ts";

/** A step as a screen shows it. Steps of nodes that have not begun have no `step`. */
export type ShownStep = {
  key: string;
  nodeId: string;
  title: string;
  type?: string;
  pass: number;
  /** How many passes of this node there are so far; a pass is named only when there are several. */
  passes: number;
  step?: Pick<
    Step,
    "state" | "cached" | "why" | "costUsd" | "error" | "warnings" | "rehydrated" | "question" | "startedAt" | "endedAt"
  > & {
    items: readonly StepItem[];
  };
  calls: readonly CallView[];
  /** What the node gave, by port; passes of a loop together, so it stands with the last one. */
  outputs: Record<string, Value[]>;
  partials: readonly PartialPicture[];
};

/** Steps in the order of the graph, then of their passes; nodes without a step yet included. */
export function stepsInOrder({ document, live, partials }: RunView): ShownStep[] {
  const nodes =
    document.nodes ?? Object.keys(document.outputs).map((id) => ({ id, title: undefined, type: undefined }));
  const held = new Map(document.steps.map((step) => [stepKey(step.nodeId, step.pass), step]));
  return nodes.flatMap((node) => {
    const mine = [...live.steps.values()].filter((step) => step.nodeId === node.id).sort((a, b) => a.pass - b.pass);
    const passes = mine.length === 0 ? [undefined] : mine;
    return passes.map((folded, index): ShownStep => {
      const pass = folded?.pass ?? 0;
      const key = stepKey(node.id, pass);
      // Events leave out what only the document knows: when a step ran, what it warned of.
      const step = folded && { ...held.get(key), ...defined(folded) };
      return {
        key,
        nodeId: node.id,
        title: node.title || node.id,
        type: node.type,
        pass,
        passes: mine.length,
        step,
        calls: document.calls.filter((call) => call.nodeId === node.id && call.pass === pass),
        outputs: index === passes.length - 1 ? (document.outputs[node.id] ?? {}) : {},
        partials: partials.get(key) ?? [],
      };
    });
  });
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
