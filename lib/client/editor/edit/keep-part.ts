import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { AssetId } from "../../../protocol/values.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Stroke } from "../../../sdk/image-tools.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { nodesById } from "../graph-index.ts";
import { fieldWith, pictureHolder } from "../habits/config-fields.ts";
import type { Point } from "../state.ts";
import { connect } from "./connect.ts";
import { addNode } from "./edit-nodes.ts";

/** Where a picture of the two comes from: the output of a node that stands in the graph, or a stored picture. */
export type Source = { nodeId: string; port: string } | { asset: AssetId };
/** The node type that puts a part of one picture into another, and its ports. */
export type Keeper = { type: AnyNode; base: string; from: string; mask: string };

/** Canvas units between the nodes that are added; a card with its picture fits. */
const RIGHT = 400;
const DOWN = 420;

/** The type that joins two pictures by a mask without a paid call; undefined when there is none. */
export function keeperType(registry: Registry): Keeper | undefined {
  for (const type of registry.nodes) {
    const ports = Object.entries(type.inputs);
    const pictures = ports.filter(([, { kind, many, optional }]) => kind === "image" && !many && !optional);
    const masks = ports.filter(([, { kind, optional }]) => kind === "mask" && !optional);
    const [[base] = [], [from] = []] = pictures;
    const [mask] = masks[0] ?? [];
    const gives = Object.values(type.outputs).some(({ kind }) => kind === "image");
    if (type.effect !== "pure" || ports.length !== 3 || !gives) continue;
    if (base !== undefined && from !== undefined && mask !== undefined) return { type, base, from, mask };
  }
  return undefined;
}

/** The type a mask is painted on, its setting for the strokes and its ports. */
export function painterType(
  registry: Registry,
): { type: AnyNode; field: string; image: string; mask: string } | undefined {
  for (const type of registry.nodes) {
    const field = fieldWith(type, "mask-painter");
    const image = Object.entries(type.inputs).find(([, { kind }]) => kind === "image")?.[0];
    const mask = Object.entries(type.outputs).find(([, { kind }]) => kind === "mask")?.[0];
    if (field !== undefined && image !== undefined && mask !== undefined) return { type, field, image, mask };
  }
  return undefined;
}

/** How wide (pixels) the keeper softens the edge when nothing is set. */
export function keeperFeather({ type }: Keeper): number {
  const defaults = type.config.safeParse({});
  const feather: unknown = defaults.success ? (defaults.data as { feather?: unknown }).feather : undefined;
  return typeof feather === "number" ? feather : 0;
}

/**
 * Adds the nodes that show `from` through the painted part of `base`: a mask, the keeper, and a node for each picture that no node of the graph
 * gives as it stands. Wired, to the right of `beside`. undefined when the node types for it are not there.
 */
export function keepPart(
  graph: Graph,
  registry: Registry,
  wanted: { base: Source; from: Source; strokes: readonly Stroke[]; beside: Point },
): { graph: Graph; ids: string[] } | undefined {
  const [keeper, painter, holder] = [keeperType(registry), painterType(registry), pictureHolder(registry)];
  const holderPort = holder && Object.entries(holder.type.outputs).find(([, { kind }]) => kind === "image")?.[0];
  if (!keeper || !painter || !holder || holderPort === undefined) return undefined;
  const ids: string[] = [];
  let next = graph;
  const rows = [wanted.base, wanted.from].filter((source) => "asset" in source).length;
  const start = freeCorner(
    graph,
    { x: wanted.beside.x + RIGHT, y: wanted.beside.y },
    rows > 0 ? 3 : 2,
    Math.max(2, rows),
  );
  const add = (type: AnyNode, place: Point, config?: Record<string, unknown>): string => {
    const added = addNode(next, type, place, config);
    next = added.graph;
    ids.push(added.id);
    return added.id;
  };
  let row = 0;
  const sourceOf = (source: Source): { source: string; sourceHandle: string } => {
    if ("nodeId" in source) return { source: source.nodeId, sourceHandle: source.port };
    const place = { x: start.x, y: start.y + row++ * DOWN };
    return { source: add(holder.type, place, { [holder.field]: [{ asset: source.asset }] }), sourceHandle: holderPort };
  };
  const [base, from] = [sourceOf(wanted.base), sourceOf(wanted.from)];
  const column = start.x + (rows > 0 ? RIGHT : 0);
  const mask = add(painter.type, { x: column, y: start.y + DOWN }, { [painter.field]: wanted.strokes });
  const kept = add(keeper.type, { x: column + RIGHT, y: start.y });
  for (const ends of [
    { ...base, target: mask, targetHandle: painter.image },
    { ...base, target: kept, targetHandle: keeper.base },
    { ...from, target: kept, targetHandle: keeper.from },
    { source: mask, sourceHandle: painter.mask, target: kept, targetHandle: keeper.mask },
  ])
    next = connect(next, registry, ends);
  return { graph: next, ids };
}

/** The nearest corner at or below a place where so many columns and rows of cards stand on nothing. */
function freeCorner(graph: Graph, wanted: Point, columns: number, rows: number): Point {
  const place = { ...wanted };
  const covered = ({ position }: GraphNode): boolean =>
    position.x > place.x - 300 &&
    position.x < place.x + columns * RIGHT &&
    position.y > place.y - 360 &&
    position.y < place.y + rows * DOWN;
  for (let tries = 0; tries < 60 && graph.nodes.some(covered); tries++) place.y += 80;
  return place;
}

/** Where a picture comes from in the graph: a node whose only picture it is now, the given one first; else the stored picture itself. */
export function sourceOfPicture(
  graph: Graph,
  asset: AssetId,
  outputsOf: (nodeId: string) => Readonly<Record<string, readonly { kind: string; asset?: string }[]>> | undefined,
  first?: string,
): Source {
  const nodes = nodesById(graph);
  const ids = [...(first !== undefined && nodes.has(first) ? [first] : []), ...nodes.keys()];
  for (const nodeId of ids) {
    for (const [port, values] of Object.entries(outputsOf(nodeId) ?? {}))
      if (values.length === 1 && values[0]?.kind === "image" && values[0].asset === asset) return { nodeId, port };
  }
  return { asset };
}
