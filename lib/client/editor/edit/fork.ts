import { fit } from "../../../engine/fit.ts";
import type { Graph } from "../../../protocol/graph.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { nodesById } from "../graph-index.ts";
import { connect, portsOf } from "./connect.ts";
import { addNode } from "./edit-nodes.ts";

/** Canvas units between a node and the fork below it: a card with its picture stands between. */
const BELOW = 420;

/** The model node that takes a picture and words and gives a picture; undefined when no type does. */
export function forkType(registry: Registry): { type: AnyNode; image: string } | undefined {
  for (const type of registry.nodes) {
    if (type.group !== "model" || !Object.values(type.outputs).some(({ kind }) => kind === "image")) continue;
    const ports = Object.entries(type.inputs);
    const picture = ports.find(([, port]) => port.kind === "image" && !port.many && !port.optional);
    if (picture && ports.some(([, port]) => port.kind === "text" && !port.optional)) return { type, image: picture[0] };
  }
  return undefined;
}

/** The output of a node that carries pictures; undefined when it gives none. */
export const pictureOutput = (registry: Registry, graph: Graph, nodeId: string): string | undefined => {
  const node = nodesById(graph).get(nodeId);
  const ports = Object.entries(portsOf(registry.get(node?.type ?? ""), "out", node?.config));
  return ports.find(([, port]) => port.kind === "image")?.[0];
};

/**
 * Goes another way from a node's picture: adds a node below it that continues the conversation there, with the same sheet where one is
 * wired. Gives the document and the new node's id; undefined when the node gives no picture.
 */
export function fork(graph: Graph, registry: Registry, nodeId: string): { graph: Graph; id: string } | undefined {
  const from = nodesById(graph).get(nodeId);
  const output = pictureOutput(registry, graph, nodeId);
  const to = forkType(registry);
  if (!from || output === undefined || !to) return undefined;
  const added = addNode(graph, to.type, freePlace(graph, { x: from.position.x + 120, y: from.position.y + BELOW }));
  const wired = connect(added.graph, registry, {
    source: nodeId,
    sourceHandle: output,
    target: added.id,
    targetHandle: to.image,
  });
  const sheet = Object.entries(to.type.inputs).find(([, port]) => port.kind === "spec")?.[0];
  const given = graph.edges.find((edge) => {
    if (edge.target !== nodeId || edge.loop || sheet === undefined) return false;
    const source = nodesById(graph).get(edge.source);
    const port = portsOf(registry.get(source?.type ?? ""), "out", source?.config)[edge.sourceHandle];
    return port?.kind === "spec" && fit(port.kind, "spec") === null;
  });
  if (!given || sheet === undefined) return { graph: wired, id: added.id };
  const { source, sourceHandle } = given;
  return {
    graph: connect(wired, registry, { source, sourceHandle, target: added.id, targetHandle: sheet }),
    id: added.id,
  };
}

/** Further down while a node stands there. */
function freePlace(graph: Graph, wanted: { x: number; y: number }): { x: number; y: number } {
  const stands = ({ x, y }: { x: number; y: number }) =>
    graph.nodes.some(({ position }) => Math.abs(position.x - x) < 280 && Math.abs(position.y - y) < 200);
  const place = { ...wanted };
  for (let tries = 0; tries < 50 && stands(place); tries += 1) place.y += 240;
  return place;
}
