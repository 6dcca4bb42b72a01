import type { GraphEdge, GraphNode } from "../protocol/graph.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import type { PortKind } from "../protocol/values.ts";
import { fit } from "./fit.ts";
import type { NodeShape, PlanEdge, PortShape } from "./types.ts";

/** A node whose type is known, before its config is read. */
export type TypedNode = { node: GraphNode; shape: NodeShape; outputs: Record<string, PortShape> };
export type TypedNodes = ReadonlyMap<string, TypedNode>;

/** The port every node offers that says `onError: continue`. */
export const ERROR_PORT: PortShape = { kind: "text", optional: true };

const own = (ports: Record<string, PortShape>, name: string): PortShape | undefined =>
  Object.hasOwn(ports, name) ? ports[name] : undefined;

/**
 * What is wrong with the wires of a graph, node by node and port by port: EDGE_DANGLING, UNKNOWN_PORT, PORT_TYPE_MISMATCH, PORT_TAKEN,
 * PORT_REQUIRED. Gives back the edges that join two nodes. What is at fault is said once: a node of unknown type has no unknown ports.
 */
export function checkEdges(
  nodeIds: ReadonlySet<string>,
  typed: TypedNodes,
  edges: readonly GraphEdge[],
): { edges: PlanEdge[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const all = edges.map((edge, index): PlanEdge => ({ ...edge, index }));
  const sound = all.filter((edge) => nodeIds.has(edge.source) && nodeIds.has(edge.target));
  const kinds = kindsCarried(typed, sound);
  for (const edge of all) {
    const faults = [...dangling(edge, nodeIds), ...unknownPorts(edge, typed)];
    problems.push(...faults);
    const source = typed.get(edge.source);
    const target = typed.get(edge.target);
    if (faults.length > 0 || !source || !target) continue;
    const wanted = own(target.shape.inputs, edge.targetHandle)?.kind ?? "any";
    const misfit = fit(kinds(edge.source, edge.sourceHandle), wanted);
    if (misfit) {
      const message = `${edge.source}.${edge.sourceHandle} cannot be wired to ${edge.target}.${edge.targetHandle}: ${misfit}.`;
      problems.push(problem("PORT_TYPE_MISMATCH", message, at(edge)));
    }
  }
  problems.push(...takenPorts(typed, sound), ...missingPorts(typed, sound));
  return { edges: sound, problems };
}

const at = (edge: GraphEdge): Partial<Problem> => ({ node: edge.target, port: edge.targetHandle, edge: edge.id });

function dangling(edge: PlanEdge, nodeIds: ReadonlySet<string>): Problem[] {
  const lost = [edge.source, edge.target].filter((id) => !nodeIds.has(id));
  if (lost.length === 0) return [];
  const node = nodeIds.has(edge.target) ? edge.target : nodeIds.has(edge.source) ? edge.source : undefined;
  const port = node === edge.target ? edge.targetHandle : edge.sourceHandle;
  const message = `The edge ${edge.id} hangs loose: there is no node ${lost.join(" and no node ")}.`;
  return [problem("EDGE_DANGLING", message, { edge: edge.id, ...(node ? { node, port } : {}) })];
}

function unknownPorts(edge: PlanEdge, typed: TypedNodes): Problem[] {
  const problems: Problem[] = [];
  const source = typed.get(edge.source);
  if (source && !own(source.outputs, edge.sourceHandle)) {
    const hint =
      edge.sourceHandle === "error" ? "; it offers one when its setting onError is continue" : portList(source.outputs);
    const message = `${edge.source} has no output "${edge.sourceHandle}"${hint}.`;
    problems.push(problem("UNKNOWN_PORT", message, { node: edge.source, port: edge.sourceHandle, edge: edge.id }));
  }
  const target = typed.get(edge.target);
  if (target && !own(target.shape.inputs, edge.targetHandle)) {
    const message = `${edge.target} has no input "${edge.targetHandle}"${portList(target.shape.inputs)}.`;
    problems.push(problem("UNKNOWN_PORT", message, at(edge)));
  }
  return problems;
}

const portList = (ports: Record<string, PortShape>): string => {
  const names = Object.keys(ports);
  return names.length === 0 ? "; it has none" : `; it has ${names.join(", ")}`;
};

/**
 * The kind an output carries. What a node with a single `any` input gives as `any` can only be what came in, so the kind is followed
 * through it; where it cannot be known it stays `any` and is looked at when it arrives.
 */
function kindsCarried(typed: TypedNodes, edges: readonly PlanEdge[]): (node: string, port: string) => PortKind {
  const into = new Map<string, PlanEdge[]>();
  for (const edge of edges) {
    if (edge.loop) continue;
    const key = `${edge.target} ${edge.targetHandle}`;
    into.set(key, [...(into.get(key) ?? []), edge]);
  }
  return (node, port) => {
    const seen = new Set<string>();
    let [id, name] = [node, port];
    for (;;) {
      const typedNode = typed.get(id);
      const kind = typedNode && own(typedNode.outputs, name)?.kind;
      if (!typedNode || kind !== "any" || seen.has(id)) return kind ?? "any";
      seen.add(id);
      const open = Object.entries(typedNode.shape.inputs).filter(([, shape]) => shape.kind === "any");
      const feeding = open.length === 1 ? (into.get(`${id} ${open[0]?.[0]}`) ?? []) : [];
      const [only] = feeding;
      if (feeding.length !== 1 || !only) return "any";
      [id, name] = [only.source, only.sourceHandle];
    }
  };
}

/** Loop edges share a port with the forward edge: the one serves the first pass, the others the later ones. */
function takenPorts(typed: TypedNodes, edges: readonly PlanEdge[]): Problem[] {
  const first = new Map<string, PlanEdge>();
  return edges.flatMap((edge) => {
    const shape = typed.get(edge.target)?.shape;
    if (edge.loop || !shape || own(shape.inputs, edge.targetHandle)?.many) return [];
    const key = `${edge.target} ${edge.targetHandle}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, edge);
      return [];
    }
    const message = `${edge.target}.${edge.targetHandle} takes one wire, but ${other.source} and ${edge.source} are both wired to it.`;
    return [problem("PORT_TAKEN", message, at(edge))];
  });
}

function missingPorts(typed: TypedNodes, edges: readonly PlanEdge[]): Problem[] {
  const wired = new Set(edges.filter((edge) => !edge.loop).map((edge) => `${edge.target} ${edge.targetHandle}`));
  return [...typed.values()].flatMap(({ node, shape }) => {
    if (node.mode !== "on" || !shape.runs) return [];
    return Object.entries(shape.inputs)
      .filter(([port, { optional }]) => !optional && !wired.has(`${node.id} ${port}`))
      .map(([port, { kind }]) =>
        problem(
          "PORT_REQUIRED",
          `${node.id} needs ${port}: wire ${kind === "image" ? "an image" : `a ${kind === "any" ? "value" : kind}`} to it.`,
          {
            node: node.id,
            port,
          },
        ),
      );
  });
}
