import { LIMITS } from "../protocol/limits.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import { combinePass, passCount, passIndices } from "./passes.ts";
import { parseStepKey, stepKey } from "./step-key.ts";
import type { Plan, PlanEdge, PlanNode } from "./types.ts";

/**
 * Refuses a plan that could run more items than the limit (EXECUTION_PLAN_TOO_LARGE), before anything runs: every loop is taken to run all
 * its passes and every node to give as much as it says it may. The walk itself stops at the limit, so a bomb costs no more than a big plan.
 */
export function checkSize(plan: Plan): Problem[] {
  let steps = 0;
  let reads = 0;
  for (const node of plan.nodes.values()) {
    steps += passCount(node);
    for (const edge of node.outgoing) reads += passCount(node) * passesShared(plan, node, edge);
  }
  if (steps > LIMITS.plannedItems || reads > MAX_READS) return [tooLarge(undefined)];
  const items = new Map<string, Sized>();
  let total = 0;
  for (const node of plan.nodes.values()) {
    for (let pass = 0; pass < passCount(node); pass++) {
      for (const [key, sized] of sizeOf(plan, node, pass, items)) {
        total += sized.items;
        if (total > LIMITS.plannedItems) return [tooLarge(parseStepKey(key).nodeId)];
      }
    }
  }
  return [];
}

/** How many steps of the target read each step of the source. */
const passesShared = (plan: Plan, node: PlanNode, edge: PlanEdge): number =>
  (plan.nodes.get(edge.target)?.loops ?? []).reduce((n, loop) => (node.loops.includes(loop) ? n : n * loop.passes), 1);

/** Looking at all steps along all edges must stay cheap too. */
const MAX_READS = LIMITS.plannedItems * 4;

const tooLarge = (node: string | undefined): Problem => {
  const where = node === undefined ? "" : ` (counted up to ${node})`;
  const message = `This graph could run more than ${LIMITS.plannedItems} items${where}, the limit of one run. Ask for fewer variants, passes or stages.`;
  return problem("EXECUTION_PLAN_TOO_LARGE", message, node === undefined ? {} : { node });
};

type Sized = { items: number; each: number };

/** Sizes a step after everything it reads; an explicit stack, since chains may be long. Yields each step once. */
function* sizeOf(plan: Plan, node: PlanNode, pass: number, known: Map<string, Sized>): Generator<[string, Sized]> {
  const stack: { node: PlanNode; pass: number }[] = [{ node, pass }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const key = stepKey(top.node.id, top.pass);
    if (known.has(key)) {
      stack.pop();
      continue;
    }
    const ports = portSources(plan, top.node, top.pass);
    const unsized = ports
      .flatMap(({ sources }) => sources)
      .filter((source) => !known.has(stepKey(source.node.id, source.pass)));
    if (unsized.length > 0) {
      stack.push(...unsized);
      continue;
    }
    const sized = measure(top.node, ports, known);
    known.set(key, sized);
    stack.pop();
    yield [key, sized];
  }
}

type Source = { node: PlanNode; pass: number };

function measure(
  node: PlanNode,
  ports: { port: string; sources: Source[] }[],
  known: ReadonlyMap<string, Sized>,
): Sized {
  const lists: Record<string, number> = {};
  let items = 1;
  for (const { port, sources } of ports) {
    const length = sources.reduce((sum, source) => {
      const sized = known.get(stepKey(source.node.id, source.pass));
      return sum + (sized ? sized.items * sized.each : 0);
    }, 0);
    lists[port] = length;
    if (!node.shape.inputs[port]?.many) items = Math.max(items, length);
  }
  if (node.muted) return { items: 1, each: 0 };
  return { items, each: Math.max(1, node.shape.expands?.(node.config, lists) ?? 1) };
}

/** Which steps feed each port in a pass, taking every loop to have run all its passes. */
function portSources(plan: Plan, node: PlanNode, pass: number): { port: string; sources: Source[] }[] {
  const at = passIndices(node, pass);
  const looping = [...node.loopIncoming].flatMap(([port, edges]) => {
    const edge = edges.find(({ id }) => node.loops.some((loop, depth) => loop.id === id && (at[depth] ?? 0) > 0));
    const depth = edge ? node.loops.findIndex((loop) => loop.id === edge.id) : -1;
    if (!edge) return [];
    const prefix = [...at.slice(0, depth), (at[depth] ?? 0) - 1];
    return [{ port, sources: allPasses(plan, edge, prefix) }];
  });
  const fed = new Set(looping.map(({ port }) => port));
  const forward = [...node.incoming]
    .filter(([port]) => !fed.has(port))
    .map(([port, edges]) => ({
      port,
      sources: edges.flatMap((edge) => {
        const shared = plan.nodes.get(edge.source)?.loops.filter((loop) => loop.body.has(node.id)).length ?? 0;
        return allPasses(plan, edge, at.slice(0, shared));
      }),
    }));
  return [...looping, ...forward];
}

function allPasses(plan: Plan, edge: PlanEdge, prefix: readonly number[]): Source[] {
  const node = plan.nodes.get(edge.source);
  if (!node) return [];
  let open: (readonly number[])[] = [prefix];
  for (const loop of node.loops.slice(prefix.length))
    open = open.flatMap((indices) => Array.from({ length: loop.passes }, (_, index) => [...indices, index]));
  return open.map((indices) => ({ node, pass: combinePass(node, indices) }));
}
