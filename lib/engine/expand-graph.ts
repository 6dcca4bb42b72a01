import type { Graph, GraphEdge, GraphNode } from "../protocol/graph.ts";
import { LIMITS } from "../protocol/limits.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import { boundaryOf, type PortsOfNode, portsOfGraph } from "./boundary.ts";
import type { Scope } from "./fill.ts";
import { fillConfig } from "./fill-config.ts";
import { resolveInputs } from "./inputs.ts";
import { readConfig } from "./plan-config.ts";
import type { Catalogue, GraphLink, LinkedGraphs, NodePorts } from "./types.ts";

type End = { node: string; port: string };

/** A node in whose place its graph was put, and where its outputs come from now. */
export type OpenedNode = {
  id: string;
  title?: string;
  type: string;
  link: GraphLink;
  outputs: Readonly<Record<string, End>>;
};

export type Expanded = {
  /** No node of it stands for a graph any more; what was inside `hero` is named `hero/…`. */
  graph: Graph;
  /** What the inputs of a node's own graph are. Nodes of the outermost graph have no entry. */
  scopes: ReadonlyMap<string, Scope>;
  /** Ports of nodes that stand for a graph and were left as they are: bypassed, muted, or with a graph that cannot be had. */
  ports: ReadonlyMap<string, NodePorts>;
  /** Outermost first. */
  opened: readonly OpenedNode[];
  problems: Problem[];
};

/** What an id is called inside its own graph. */
export const localName = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** The name by which a revision of a saved graph is looked up. */
export const refOf = ({ graph, revision }: Pick<GraphLink, "graph" | "revision">): string => `${graph}@${revision}`;

/** The links a graph holds itself, not those of the graphs they lead to. */
export const linksIn = (graph: Pick<Graph, "nodes">, catalogue: Catalogue): GraphLink[] =>
  graph.nodes.flatMap((node) => catalogue.get(node.type)?.link?.(node.config) ?? []);

/** Ports of a node as its own document tells them; a subgraph inside a subgraph is not looked into. */
export const portsKnownTo =
  (catalogue: Catalogue): PortsOfNode =>
  (node) => {
    const shape = catalogue.get(node.type);
    return shape && { ...(shape.ports?.(node.config) ?? shape), runs: shape.runs };
  };

/** Where the nodes of one graph come to stand. */
type Place = {
  prefix: string;
  /** Undefined outside of every subgraph. */
  scope?: Scope;
  /** Graph ids from the outermost one on. */
  trail: readonly string[];
  /** By how much the takes of what calls a model are raised: another take of a subgraph is another try of everything in it. */
  raise: number;
};

type Inside = { inputs: ReadonlyMap<string, End[]>; outputs: ReadonlyMap<string, End> };

/**
 * Puts saved graphs in the place of the nodes that stand for them, as deep as they go, so that whatever runs a graph needs to know nothing of them.
 * Results are the same wherever a graph stands: settings, inputs and takes are its own, and names never count. Problems: UNKNOWN_GRAPH and what else
 * the links say, TEMPLATE_RECURSION, SUBGRAPH_TOO_DEEP, GRAPH_TOO_LARGE, UNKNOWN_PORT, and those of the inputs. Pure.
 */
export function expandGraph(
  graph: Graph,
  catalogue: Catalogue,
  links: LinkedGraphs,
  facts: { scope: Scope; takes?: Readonly<Record<string, number>> },
): Expanded {
  const expansion = new Expansion(catalogue, links, facts);
  if (!graph.nodes.some(({ type }) => catalogue.get(type)?.link))
    return { graph, scopes: new Map(), ports: new Map(), opened: [], problems: [] };
  expansion.put(graph, { prefix: "", trail: [graph.id], raise: 0 });
  const { nodes, edges, scopes, ports, opened, problems } = expansion;
  return { graph: { ...graph, nodes, edges }, scopes, ports, opened, problems };
}

class Expansion {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  readonly scopes = new Map<string, Scope>();
  readonly ports = new Map<string, NodePorts>();
  readonly opened: OpenedNode[] = [];
  readonly problems: Problem[] = [];
  private full = false;
  private readonly catalogue: Catalogue;
  private readonly links: LinkedGraphs;
  private readonly facts: { scope: Scope; takes?: Readonly<Record<string, number>> };

  constructor(
    catalogue: Catalogue,
    links: LinkedGraphs,
    facts: { scope: Scope; takes?: Readonly<Record<string, number>> },
  ) {
    this.catalogue = catalogue;
    this.links = links;
    this.facts = facts;
  }

  /** Puts a graph at a place and tells where its ports lead. */
  put(graph: Graph, place: Place): Inside {
    const inside = new Map<string, Inside>();
    for (const node of graph.nodes) {
      const opened = this.catalogue.get(node.type)?.link ? this.open(node, place) : undefined;
      if (opened) inside.set(node.id, opened);
      else this.keep(node, place);
    }
    const known = new Set(graph.nodes.map(({ id }) => id));
    const into = (node: string, port: string): End[] | undefined =>
      inside.has(node) ? inside.get(node)?.inputs.get(port) : [{ node: place.prefix + node, port }];
    const from = (node: string, port: string): End | undefined =>
      inside.has(node) ? inside.get(node)?.outputs.get(port) : { node: place.prefix + node, port };
    for (const edge of graph.edges) {
      const source = from(edge.source, edge.sourceHandle);
      const targets = into(edge.target, edge.targetHandle);
      const id = place.prefix + edge.id;
      if (!source) this.unknownPort(place.prefix + edge.source, "output", edge.sourceHandle, id);
      if (!targets) this.unknownPort(place.prefix + edge.target, "input", edge.targetHandle, id);
      if (source && targets) this.wire(edge, id, source, targets);
    }
    if (place.prefix === "") return { inputs: new Map(), outputs: new Map() };
    const ports = portsOfGraph(graph, portsKnownTo(this.catalogue));
    return {
      inputs: new Map(
        ports.inputs.map(({ key, to }) => [
          key,
          to.flatMap(({ node, port }) => (known.has(node) ? (into(node, port) ?? []) : [])),
        ]),
      ),
      outputs: new Map(
        ports.outputs.flatMap(({ key, from: { node, port } }) => {
          const end = known.has(node) ? from(node, port) : undefined;
          return end ? [[key, end] as const] : [];
        }),
      ),
    };
  }

  private wire(edge: GraphEdge, id: string, source: End, targets: readonly End[]): void {
    for (const [index, target] of targets.entries()) {
      if (this.edges.length >= LIMITS.edges) this.tooLarge(target.node);
      if (this.full) return;
      this.edges.push({
        ...edge,
        id: index === 0 ? id : `${id}/${index}`,
        source: source.node,
        sourceHandle: source.port,
        target: target.node,
        targetHandle: target.port,
      });
    }
  }

  private keep(node: GraphNode, place: Place): void {
    const id = place.prefix + node.id;
    if (this.nodes.length >= LIMITS.nodes) this.tooLarge(id);
    if (this.full) return;
    const shape = this.catalogue.get(node.type);
    if (place.scope) this.scopes.set(id, place.scope);
    if (shape?.ports) this.ports.set(id, this.portsOf(node));
    const raise = shape?.effect === "model" ? place.raise : 0;
    if (place.prefix === "") this.nodes.push(node);
    else {
      const { parentId: _, ...rest } = node;
      this.nodes.push({ ...rest, id, take: node.take + raise });
    }
  }

  /** Of the linked graph where it can be had, else as the document remembers them. */
  private portsOf(node: GraphNode): NodePorts {
    const shape = this.catalogue.get(node.type);
    const link = shape?.link?.(node.config);
    const graph = link && this.links.get(refOf(link));
    if (graph && "nodes" in graph) return boundaryOf(graph, portsKnownTo(this.catalogue));
    return shape?.ports?.(node.config) ?? { inputs: {}, outputs: {} };
  }

  private open(node: GraphNode, place: Place): Inside | undefined {
    const shape = this.catalogue.get(node.type);
    const link = shape?.link?.(node.config);
    if (!shape || !link || node.mode !== "on" || this.full) return undefined;
    const id = place.prefix + node.id;
    if (this.opened.length >= LIMITS.nodes) {
      this.tooLarge(id);
      return undefined;
    }
    const graph = this.linked(id, link, place.trail);
    if (!graph) return undefined;
    const outer = place.scope ?? this.facts.scope;
    const read = readConfig({ ...node, id }, shape, outer);
    this.problems.push(...read.problems);
    if (read.onError === "continue") {
      const message = `${id} stands for a graph: whether it goes on after a failure is set at the nodes inside it.`;
      this.problems.push(problem("BAD_SETTING", message, { node: id, field: "onError" }));
    }
    const { takes = {} } = this.facts;
    const take = Object.hasOwn(takes, id) ? (takes[id] ?? node.take) : node.take;
    // Its place is taken before what is in it, so that outer nodes come first.
    const at = this.opened.push({ id, title: node.title, type: node.type, link, outputs: {} }) - 1;
    const inside = this.put(graph, {
      prefix: `${id}/`,
      scope: this.inputsOf(id, graph, link, outer),
      trail: [...place.trail, graph.id],
      raise: place.raise + take - 1,
    });
    this.opened[at] = { ...(this.opened[at] as OpenedNode), outputs: Object.fromEntries(inside.outputs) };
    return inside;
  }

  private linked(id: string, link: GraphLink, trail: readonly string[]): Graph | undefined {
    const where = { node: id, field: "graph" };
    const again = trail.indexOf(link.graph);
    if (again >= 0) {
      const circle = [...trail.slice(again), link.graph].join(" > ");
      const message = `${id} would put the graph "${link.graph}" into itself (${circle}). A graph cannot hold itself, in no revision.`;
      this.problems.push(problem("TEMPLATE_RECURSION", message, where));
      return undefined;
    }
    if (trail.length > LIMITS.subgraphDepth) {
      const message = `${id} is the ${trail.length}th graph inside a graph (${[...trail, link.graph].join(" > ")}); the limit is ${LIMITS.subgraphDepth}.`;
      this.problems.push(problem("SUBGRAPH_TOO_DEEP", message, where));
      return undefined;
    }
    const found = this.links.get(refOf(link));
    if (found && "nodes" in found) return found;
    const why = found ?? [
      problem("UNKNOWN_GRAPH", `There is no saved graph "${link.graph}" with revision ${link.revision}.`),
    ];
    this.problems.push(...why.map((one) => ({ ...one, ...where, message: `${id}: ${one.message}` })));
    return undefined;
  }

  /** What the linked graph's inputs are, with what hangs on a value nobody gave yet left unjudged. */
  private inputsOf(id: string, graph: Graph, link: GraphLink, outer: Scope): Scope {
    const filled = fillConfig(link.inputs, {}, outer);
    const given = Object.fromEntries(Object.entries(filled.config).filter(([key]) => !filled.missing.has(key)));
    const { values, missing, problems } = resolveInputs(graph.inputs, given);
    const open = (field: string | undefined) => field !== undefined && filled.missing.has(field);
    for (const found of problems)
      if (!open(found.field))
        this.problems.push({ ...found, node: id, field: `inputs.${found.field}`, message: `${id}: ${found.message}` });
    return { values, missing: new Set([...missing, ...filled.missing]) };
  }

  private unknownPort(node: string, side: "input" | "output", port: string, edge: string): void {
    const message = `${node} has no ${side} "${port}": the graph it stands for shows none of that name.`;
    this.problems.push(problem("UNKNOWN_PORT", message, { node, port, edge }));
  }

  private tooLarge(node: string): void {
    if (this.full) return;
    this.full = true;
    const message = `With the graphs inside it this graph is too large (counted up to ${node}); the limit is ${LIMITS.nodes} nodes and ${LIMITS.edges} edges.`;
    this.problems.push(problem("GRAPH_TOO_LARGE", message, { node: node.split("/")[0] }));
  }
}
