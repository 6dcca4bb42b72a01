import { stepKey } from "../../../engine/step-key.ts";
import type { RunView } from "../../watch-run.ts";

/** What a run of the graph around tells of the graph inside one of its nodes, under the names that graph has for its own nodes. */
export function insideOf(view: RunView, holder: string): RunView {
  const start = `${holder}/`;
  const own = <T extends { nodeId: string }>(list: readonly T[]): T[] =>
    list.flatMap((one) => (one.nodeId.startsWith(start) ? [{ ...one, nodeId: one.nodeId.slice(start.length) }] : []));
  const { document, live, partials } = view;
  const steps = own([...live.steps.values()]);
  return {
    ...view,
    document: {
      ...document,
      nodes: document.nodes?.flatMap((node) =>
        node.id.startsWith(start) ? [{ ...node, id: node.id.slice(start.length) }] : [],
      ),
      outputs: Object.fromEntries(
        Object.entries(document.outputs).flatMap(([id, ports]) =>
          id.startsWith(start) ? [[id.slice(start.length), ports]] : [],
        ),
      ),
      steps: own(document.steps),
      calls: own(document.calls),
    },
    live: {
      ...live,
      steps: new Map(steps.map((step) => [stepKey(step.nodeId, step.pass), step])),
      calls: new Map(
        [...live.calls]
          .filter(([, call]) => call.nodeId.startsWith(start))
          .map(([key, call]) => [key, { ...call, nodeId: call.nodeId.slice(start.length) }]),
      ),
    },
    partials: new Map(
      [...partials].flatMap(([key, list]) => (key.startsWith(start) ? [[key.slice(start.length), list]] : [])),
    ),
  };
}
