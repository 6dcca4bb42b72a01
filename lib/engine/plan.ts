import type { Graph, GraphNode, InputValues } from "../protocol/graph.ts";
import { hasErrors, type Problem, problem } from "../protocol/problems.ts";
import { type Expanded, expandGraph, localName } from "./expand-graph.ts";
import type { Scope } from "./fill.ts";
import { findCycles, neighbours, orderNodes, reach, reversed } from "./graph-order.ts";
import { resolveInputs } from "./inputs.ts";
import { joinBypassed } from "./plan-bypass.ts";
import { goesOn, type ReadConfig, readConfig } from "./plan-config.ts";
import { checkEdges, ERROR_PORT, type TypedNode, type TypedNodes } from "./plan-edges.ts";
import { planLoops } from "./plan-loops.ts";
import { checkSize } from "./plan-size.ts";
import type { Catalogue, LinkedGraphs, Plan, PlanEdge, PlanLoop, PlanNode } from "./types.ts";

export type PlanOptions = {
  /** What the run gives to the graph's inputs. Left out: nothing is known yet, and what depends on a missing value is not judged. */
  inputs?: InputValues;
  /** Takes for this run only, by node. */
  takes?: Readonly<Record<string, number>>;
  /** Only these nodes and what they need. A node that stands for a graph means everything in it; one node in it is named `node/inner`. */
  to?: readonly string[];
  /** The saved graphs that nodes stand for. */
  links?: LinkedGraphs;
};

/**
 * A graph made ready to run, or everything that keeps it from running: every problem, each with node, port and field. Pure; nothing is
 * resolved but through the catalogue and the links. There is a plan exactly when no problem is an error. `expanded` = the wanted part of the graph, with
 * the graphs that nodes stand for put in their place.
 */
export function planGraph(
  graph: Graph,
  catalogue: Catalogue,
  options: PlanOptions = {},
): { plan?: Plan; problems: Problem[]; expanded: Expanded } {
  const { values, missing, problems: inputProblems } = resolveInputs(graph.inputs, options.inputs ?? {});
  const problems = inputProblems.map(
    (found): Problem =>
      found.code === "INPUT_MISSING" && options.inputs === undefined ? { ...found, level: "warning" } : found,
  );
  const drawn = select(graph, options.to?.map(outermost));
  const links = options.links ?? new Map();
  const expanded = expandGraph({ ...graph, ...drawn }, catalogue, links, {
    scope: { values, missing },
    takes: options.takes,
  });
  problems.push(...expanded.problems);
  problems.push(...unknownNodes(graph, expanded, options));
  // What is missing of a graph that was not opened to its end says nothing.
  if (expanded.problems.some(({ code }) => code === "GRAPH_TOO_LARGE")) return { problems, expanded };

  const chosen = select(
    expanded.graph,
    options.to?.flatMap((id) => standsFor(id, expanded)),
  );
  const typed = typeNodes(chosen.nodes, catalogue, expanded, problems);
  const ids = chosen.nodes.map((node) => node.id);
  const { edges, problems: edgeProblems } = checkEdges(new Set(ids), typed, chosen.edges);
  problems.push(...edgeProblems.map((found) => openToTheOutside(found, graph)));
  const scopeOf = (id: string): Scope => expanded.scopes.get(id) ?? { values, missing };
  const configs = readConfigs(typed, edges, scopeOf, problems);
  if (!problems.some(({ code }) => code === "UNKNOWN_NODE_TYPE") && !somethingRuns(typed))
    problems.push(problem("NOTHING_TO_RUN", "There is nothing to run in this graph: add a node that does something."));

  const forward = edges.filter((edge) => !edge.loop);
  const cycles = findCycles(ids, forward);
  for (const cycle of cycles) {
    const message = `These nodes feed each other in a circle: ${cycle.join(">")}. Mark the edge that leads back as a loop.`;
    problems.push(problem("GRAPH_CYCLE", message, { node: cycle[0] }));
  }
  problems.push(...planLoops(ids, edges).problems);
  if (hasErrors(problems)) return { problems, expanded };

  const plan = build(graph, typed, edges, configs, options.takes ?? {}, problems);
  if (plan) problems.push(...checkSize(plan));
  return { ...(plan && !hasErrors(problems) ? { plan } : {}), problems, expanded };
}

const outermost = (id: string): string => id.split("/", 1)[0] ?? id;

/** The nodes that an id means: itself, or everything that was put in its place. */
function standsFor(id: string, { graph, opened }: Expanded): string[] {
  if (!opened.some((one) => one.id === id)) return [id];
  return graph.nodes.flatMap((node) => (node.id.startsWith(`${id}/`) ? [node.id] : []));
}

/** A port that the graph around this one feeds is only empty because this one is run by itself. */
function openToTheOutside(found: Problem, { ports }: Graph): Problem {
  const open = ports?.inputs.some(({ to }) => to.some(({ node, port }) => node === found.node && port === found.port));
  if (found.code !== "PORT_REQUIRED" || !open) return found;
  const message = `${found.node} gets ${found.port} from the graph around this one: run that graph, or wire something to it here.`;
  return { ...found, message };
}

function unknownNodes(graph: Graph, expanded: Expanded, { to = [], takes = {} }: PlanOptions): Problem[] {
  const ids = new Set([...graph.nodes, ...expanded.graph.nodes, ...expanded.opened].map((node) => node.id));
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

function typeNodes(
  nodes: readonly GraphNode[],
  catalogue: Catalogue,
  { ports }: Expanded,
  problems: Problem[],
): TypedNodes {
  const typed = new Map<string, TypedNode>();
  for (const node of nodes) {
    const known = catalogue.get(node.type);
    const own = ports.get(node.id);
    const shape = known && own ? { ...known, ...own } : known;
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
  scopeOf: (id: string) => Scope,
  problems: Problem[],
): ReadonlyMap<string, ReadConfig> {
  const wired = new Map<string, Set<string>>();
  for (const edge of edges) wired.set(edge.target, (wired.get(edge.target) ?? new Set()).add(edge.targetHandle));
  const configs = new Map<string, ReadConfig>();
  for (const { node, shape } of typed.values()) {
    if (node.mode !== "on" || !shape.runs) continue;
    const read = readConfig(node, shape, scopeOf(node.id));
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
      title: node.title || localName(id),
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
