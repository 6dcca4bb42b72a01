import type { Graph, GraphNode, InputValues } from "../protocol/graph.ts";
import { hasErrors, type Problem, problem } from "../protocol/problems.ts";
import type { Scope } from "./fill.ts";
import { findCycles, neighbours, orderNodes, reach, reversed } from "./graph-order.ts";
import { resolveInputs } from "./inputs.ts";
import { joinBypassed } from "./plan-bypass.ts";
import { goesOn, type ReadConfig, readConfig } from "./plan-config.ts";
import { checkEdges, ERROR_PORT, type TypedNode, type TypedNodes } from "./plan-edges.ts";
import { planLoops } from "./plan-loops.ts";
import { checkSize } from "./plan-size.ts";
import type { Catalogue, Plan, PlanEdge, PlanLoop, PlanNode } from "./types.ts";

export type PlanOptions = {
  /** What the run gives to the graph's inputs. Left out: nothing is known yet, and what depends on a missing value is not judged. */
  inputs?: InputValues;
  /** Takes for this run only, by node. */
  takes?: Readonly<Record<string, number>>;
  /** Only these nodes and what they need. */
  to?: readonly string[];
};

/**
 * A graph made ready to run, or everything that keeps it from running: every problem, each with node, port and field. Pure; nothing is
 * resolved but through the catalogue. There is a plan exactly when no problem is an error.
 */
export function planGraph(
  graph: Graph,
  catalogue: Catalogue,
  options: PlanOptions = {},
): { plan?: Plan; problems: Problem[] } {
  const { values, missing, problems: inputProblems } = resolveInputs(graph.inputs, options.inputs ?? {});
  const problems = inputProblems.map(
    (found): Problem =>
      found.code === "INPUT_MISSING" && options.inputs === undefined ? { ...found, level: "warning" } : found,
  );
  problems.push(...unknownNodes(graph, options));

  const chosen = select(graph, options.to);
  const typed = typeNodes(chosen.nodes, catalogue, problems);
  const ids = chosen.nodes.map((node) => node.id);
  const { edges, problems: edgeProblems } = checkEdges(new Set(ids), typed, chosen.edges);
  problems.push(...edgeProblems);
  const configs = readConfigs(typed, edges, { values, missing }, problems);
  if (!problems.some(({ code }) => code === "UNKNOWN_NODE_TYPE") && !somethingRuns(typed))
    problems.push(problem("NOTHING_TO_RUN", "There is nothing to run in this graph: add a node that does something."));

  const forward = edges.filter((edge) => !edge.loop);
  const cycles = findCycles(ids, forward);
  for (const cycle of cycles) {
    const message = `These nodes feed each other in a circle: ${cycle.join(">")}. Mark the edge that leads back as a loop.`;
    problems.push(problem("GRAPH_CYCLE", message, { node: cycle[0] }));
  }
  if (cycles.length > 0) return { problems };
  const drawn = planLoops(ids, edges);
  problems.push(...drawn.problems);
  if (hasErrors(problems)) return { problems };

  const plan = build(graph, typed, edges, configs, options.takes ?? {}, problems);
  if (plan) problems.push(...checkSize(plan));
  return plan && !hasErrors(problems) ? { plan, problems } : { problems };
}

function unknownNodes(graph: Graph, { to = [], takes = {} }: PlanOptions): Problem[] {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const named = new Set([...to, ...Object.keys(takes)]);
  const unknown = [...named]
    .filter((id) => !ids.has(id))
    .map((id) => problem("UNKNOWN_NODE", `There is no node "${id}" in this graph.`, { node: id }));
  const bad = Object.entries(takes)
    .filter(([, take]) => !Number.isSafeInteger(take) || take < 1)
    .map(([node, take]) => problem("BAD_TAKE", `A take is a whole number from 1 on, not ${take}.`, { node }));
  return [...unknown, ...bad];
}

/** The part of a graph that leads to some nodes; following loop edges too takes whole loop bodies along. */
function select(graph: Graph, to: readonly string[] | undefined): Pick<Graph, "nodes" | "edges"> {
  if (!to || to.length === 0) return graph;
  const ids = graph.nodes.map((node) => node.id);
  const needed = reach(to, neighbours(ids, reversed(graph.edges)));
  return {
    nodes: graph.nodes.filter((node) => needed.has(node.id)),
    edges: graph.edges.filter((edge) => needed.has(edge.target)),
  };
}

function typeNodes(nodes: readonly GraphNode[], catalogue: Catalogue, problems: Problem[]): TypedNodes {
  const typed = new Map<string, TypedNode>();
  for (const node of nodes) {
    const shape = catalogue.get(node.type);
    if (shape) {
      const outputs = goesOn(node) ? { error: ERROR_PORT, ...shape.outputs } : shape.outputs;
      typed.set(node.id, { node, shape, outputs });
      continue;
    }
    const message = `${node.id} is of the type "${node.type}", which this program does not know; it is kept but cannot run.`;
    problems.push(problem("UNKNOWN_NODE_TYPE", message, { node: node.id }));
  }
  return typed;
}

/** Nodes that are muted or bypassed may be as unfinished as they like. */
function readConfigs(
  typed: TypedNodes,
  edges: readonly PlanEdge[],
  scope: Scope,
  problems: Problem[],
): ReadonlyMap<string, ReadConfig> {
  const wired = new Map<string, Set<string>>();
  for (const edge of edges) wired.set(edge.target, (wired.get(edge.target) ?? new Set()).add(edge.targetHandle));
  const configs = new Map<string, ReadConfig>();
  for (const { node, shape } of typed.values()) {
    if (node.mode !== "on" || !shape.runs) continue;
    const read = readConfig(node, shape, scope);
    configs.set(node.id, read);
    problems.push(...read.problems);
    const together = shape.checkWiring?.(read.config, wired.get(node.id) ?? new Set()) ?? [];
    problems.push(...together.map((found) => ({ ...found, node: node.id })));
  }
  return configs;
}

const somethingRuns = (typed: TypedNodes): boolean =>
  [...typed.values()].some(({ node, shape }) => node.mode === "on" && shape.runs);

function build(
  graph: Graph,
  typed: TypedNodes,
  drawn: readonly PlanEdge[],
  configs: ReadonlyMap<string, ReadConfig>,
  takes: Readonly<Record<string, number>>,
  problems: Problem[],
): Plan | undefined {
  const ids = [...typed.values()]
    .filter(({ node, shape }) => shape.runs && node.mode !== "bypass")
    .map(({ node }) => node.id);
  const running = new Set(ids);
  const rests = (id: string) => !running.has(id) && typed.get(id)?.shape.runs === false;
  const joined = joinBypassed(
    typed,
    drawn.filter((edge) => !rests(edge.source) && !rests(edge.target)),
  );
  const looped = planLoops(ids, joined.edges);
  problems.push(...joined.problems, ...looped.problems);
  if (hasErrors(problems)) return undefined;
  const { order, ranks } = orderNodes(
    ids,
    joined.edges.filter((edge) => !edge.loop),
  );
  const incoming = byPort(joined.edges.filter((edge) => !edge.loop));
  const loopIncoming = byPort(joined.edges.filter((edge) => edge.loop));
  const outgoing = Map.groupBy(joined.edges, (edge) => edge.source);
  const nodes = new Map<string, PlanNode>();
  for (const id of order) {
    const { node, shape, outputs } = typed.get(id) as TypedNode;
    const muted = node.mode === "mute";
    const into: ReadonlyMap<string, readonly PlanEdge[]> = incoming.get(id) ?? new Map();
    nodes.set(id, {
      id,
      title: node.title || id,
      shape,
      config: configs.get(id)?.config ?? node.config,
      take: Object.hasOwn(takes, id) ? (takes[id] ?? node.take) : node.take,
      muted,
      silent: muted || starves(shape.inputs, into, nodes),
      pin: node.pin,
      onError: configs.get(id)?.onError ?? "stop",
      outputs,
      incoming: into,
      loopIncoming: loopIncoming.get(id) ?? new Map(),
      outgoing: outgoing.get(id) ?? [],
      loops: looped.loops.filter((loop: PlanLoop) => loop.body.has(id)),
      rank: ranks.get(id) ?? 0,
    });
  }
  return { graphId: graph.id, graphName: graph.name, nodes, order, loops: looped.loops };
}

/** Does a required input hang on nodes that will give nothing? `nodes` holds everything before this one. */
const starves = (
  inputs: TypedNode["shape"]["inputs"],
  incoming: ReadonlyMap<string, readonly PlanEdge[]>,
  nodes: ReadonlyMap<string, PlanNode>,
): boolean =>
  Object.entries(inputs).some(
    ([port, { optional }]) =>
      !optional && (incoming.get(port) ?? []).every((edge) => nodes.get(edge.source)?.silent !== false),
  );

function byPort(edges: readonly PlanEdge[]): ReadonlyMap<string, ReadonlyMap<string, readonly PlanEdge[]>> {
  const nodes = Map.groupBy(edges, (edge) => edge.target);
  return new Map([...nodes].map(([id, into]) => [id, Map.groupBy(into, (edge) => edge.targetHandle)]));
}
