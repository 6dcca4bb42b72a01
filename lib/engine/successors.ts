import { combinePass, passIndices } from "./passes.ts";
import { afterPass } from "./read-edge.ts";
import { rule } from "./rule.ts";
import { stepKey } from "./step-key.ts";
import type { Plan, PlanLoop, PlanNode, Ruling, Steps } from "./types.ts";

/**
 * Steps without a row that may be decidable now that this one has settled: what it is wired to, the next pass of a loop it closes, and what
 * is wired to a loop that is over. A superset of what `rule` decides; asking about one of them too often is harmless.
 */
export function successors(plan: Plan, steps: Steps, nodeId: string, pass: number): string[] {
  const node = plan.nodes.get(nodeId);
  if (!node) return [];
  const at = passIndices(node, pass);
  const keys = new Set<string>();
  const add = (id: string, indices: readonly number[]) => {
    const target = plan.nodes.get(id);
    if (target) keys.add(stepKey(id, combinePass(target, indices)));
  };
  for (const edge of node.outgoing) {
    if (edge.loop) continue;
    const shared = node.loops.filter((loop) => loop.body.has(edge.target)).length;
    if (shared === node.loops.length) add(edge.target, at);
  }
  for (const loop of node.loops.toReversed()) {
    if (loop.source !== nodeId) break;
    const here = at.slice(0, loop.depth + 1);
    const next = afterPass(plan, steps, loop, here);
    if (next.is === "open") add(loop.target, [...here.slice(0, -1), (here.at(-1) ?? 0) + 1]);
    if (next.is !== "over") break;
    for (const exit of loop.exits) add(exit.target, here.slice(0, -1));
  }
  return [...keys].filter((key) => steps.get(key) === undefined);
}

/** Is a loop over, with this pass as its last? `pass` is the pass of the loop's source. */
export function loopOver(plan: Plan, steps: Steps, loop: PlanLoop, pass: number): boolean {
  const source = plan.nodes.get(loop.source);
  if (!source) return true;
  return afterPass(plan, steps, loop, passIndices(source, pass).slice(0, loop.depth + 1)).is === "over";
}

/** The passes of a node that exist so far, in order. */
export function* openPasses(
  plan: Plan,
  steps: Steps,
  node: PlanNode,
  prefix: readonly number[] = [],
): Generator<number> {
  const loop = node.loops[prefix.length];
  if (!loop) {
    yield combinePass(node, prefix);
    return;
  }
  for (let index = 0; ; index++) {
    const here = [...prefix, index];
    yield* openPasses(plan, steps, node, here);
    if (afterPass(plan, steps, loop, here).is !== "open") return;
  }
}

/** Every step that can be decided now and has no row yet, with its ruling, in the order of the plan. For a start or a resume. */
export function frontier(plan: Plan, steps: Steps): Map<string, Ruling> {
  const rulings = new Map<string, Ruling>();
  for (const id of plan.order) {
    const node = plan.nodes.get(id) as PlanNode;
    for (const pass of openPasses(plan, steps, node)) {
      const key = stepKey(id, pass);
      if (steps.get(key) !== undefined) continue;
      const ruling = rule(plan, steps, id, pass);
      if (ruling.act !== "wait") rulings.set(key, ruling);
    }
  }
  return rulings;
}
