import type { Graph } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { removeEdges } from "./connect.ts";
import { withoutLostPorts } from "./lost-ports.ts";
import { removeNodes } from "./remove-nodes.ts";

/** Deletes what is selected: wires, nodes (their wires are joined where they fit) and frames (what stands in them stays). */
export function removeParts(
  graph: Graph,
  registry: Registry,
  parts: { nodes?: ReadonlySet<string>; edges?: ReadonlySet<string>; frames?: ReadonlySet<string> },
): Graph {
  const cut = removeEdges(graph, parts.edges ?? []);
  const left = withoutLostPorts(removeNodes(cut, registry, parts.nodes ?? []));
  const frames = left.frames.filter(({ id }) => !parts.frames?.has(id));
  return frames.length === left.frames.length ? left : { ...left, frames };
}
