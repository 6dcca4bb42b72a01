import { stepKey } from "../engine/step-key.ts";
import type { CallView, Step, StepItem } from "../protocol/run.ts";
import type { Value } from "../protocol/values.ts";
import { innermost, outermost } from "./inside.ts";
import type { PartialPicture, RunView } from "./watch-run.ts";

/** A node that stood for a saved graph (`graph`, as `id@revision`). */
export type StepHolder = { id: string; title: string; graph: string };

/** A step as a screen shows it. Steps of nodes that have not begun have no `step`. */
export type ShownStep = {
  key: string;
  nodeId: string;
  /** Of a step deeper inside a subgraph with the names of what it stands in: "Sky › Clouds". */
  title: string;
  /** The node of the drawn graph it stands in, where that node stands for a graph. */
  holder?: StepHolder;
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
  const nodes: { id: string; title?: string; type?: string; graph?: string }[] =
    document.nodes ?? Object.keys(document.outputs).map((id) => ({ id }));
  const held = new Map(document.steps.map((step) => [stepKey(step.nodeId, step.pass), step]));
  const graphs = new Map(nodes.flatMap((node) => (node.graph ? [[node.id, { ...node, graph: node.graph }]] : [])));
  return nodes.flatMap((node) => {
    // What stands for a graph has no step of its own: what stands in it follows.
    if (graphs.has(node.id)) return [];
    const holder = graphs.get(outermost(node.id));
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
        title: [...innerHolders(node.id, graphs), node.title || innermost(node.id)].join(" › "),
        ...(holder ? { holder: { id: holder.id, title: holder.title || holder.id, graph: holder.graph } } : {}),
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

/** Names of the subgraphs a node stands in, without the outermost one. */
function innerHolders(id: string, graphs: ReadonlyMap<string, { id: string; title?: string }>): string[] {
  const parts = id.split("/").slice(0, -1);
  return parts.slice(1).map((part, index) => graphs.get(parts.slice(0, index + 2).join("/"))?.title || part);
}

/** Steps by what they stand in: those of one subgraph together, every other by itself; in the same order. */
export function stepGroups(steps: readonly ShownStep[]): { holder?: StepHolder; steps: ShownStep[] }[] {
  const groups: { holder?: StepHolder; steps: ShownStep[] }[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last && step.holder && last.holder?.id === step.holder.id) last.steps.push(step);
    else groups.push({ ...(step.holder ? { holder: step.holder } : {}), steps: [step] });
  }
  return groups;
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
