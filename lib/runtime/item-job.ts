import { passInfo, stepKey, wayOf } from "../engine/settle.ts";
import type { Plan } from "../engine/types.ts";
import type { Answer } from "./answers.ts";
import { roomFor } from "./money-room.ts";
import type { ArchiveRow } from "./ports.ts";
import type { ItemJob } from "./run-item.ts";
import type { RunLease, RunPorts } from "./run-ports.ts";
import type { ActiveStep } from "./step-run.ts";

/** One item of a started step, ready to be run. */
export function itemJob(
  ports: RunPorts,
  lease: RunLease,
  plan: Plan,
  step: ActiveStep,
  index: number,
  shared: {
    quota: { hit: boolean };
    entries: Map<string, ArchiveRow[]>;
    answers: ReadonlyMap<string, Answer>;
    claimed: ReadonlySet<string>;
  },
): ItemJob {
  const { node, pass } = step;
  const { run } = lease;
  const key = stepKey(node.id, pass);
  const item = step.items[index];
  const definition = ports.registry.get(node.shape.type);
  if (!item || !definition) throw new Error(`No such node type: ${node.shape.type}`);
  const answer = shared.answers.get(key);
  const stepId = { nodeId: node.id, pass };
  return {
    definition,
    config: node.config,
    item,
    claimed: shared.claimed.has(item.key),
    facts: {
      graph: { id: plan.graphId, name: plan.graphName },
      revision: run.graphHash,
      node: { id: node.id, title: node.title, type: node.shape.type },
      run: {
        id: run.id,
        createdAt: run.createdAt,
        inputs: run.params.inputs,
        depth: run.params.depth,
        template: run.params.template,
        simulated: run.simulated,
      },
      passIndex: pass,
      pass: passInfo(plan, node.id, pass),
      item: { index, count: step.items.length },
      way: (port) => wayOf(plan, node.id, pass, port),
    },
    scope: {
      runId: run.id,
      epoch: run.epoch,
      ...stepId,
      item: index,
      itemKey: item.key,
      policy: run.params.inDoubt,
      runCapMicro: run.budgetMicro,
      stop: lease.stop,
      checkLease: lease.checkLease,
      quota: shared.quota,
      committed: (commit) => commit,
      spent: (costMicro) => {
        step.costMicro += costMicro;
        step.calls += 1;
      },
      partial: (slot, order, bytes) => {
        void ports
          .preview(run.id, bytes)
          .then(
            (url) =>
              url && ports.show(run.id, { type: "step.partial", ...stepId, item: index, slot, index: order, url }),
          );
      },
    },
    ...(answer?.items.has(index) ? { answer: { value: answer.value } } : {}),
    roomFor: (image) => roomFor(ports, run, image),
    progress: (message, fraction) =>
      ports.show(run.id, { type: "step.progress", ...stepId, item: index, message, fraction }),
    keepEntry: (entry) => void shared.entries.set(key, [...(shared.entries.get(key) ?? []), entry]),
  };
}
