import type { Graph } from "../../../protocol/graph.ts";

type Stars = Record<string, unknown>;

const starsOf = ({ meta }: Pick<Graph, "meta">): Stars =>
  meta && Object.hasOwn(meta, "stars") && typeof meta.stars === "object" && meta.stars !== null
    ? (meta.stars as Stars)
    : {};

/** Cache keys of a node's starred results, the newest star last. */
export function starred(graph: Pick<Graph, "meta">, nodeId: string): readonly string[] {
  const stars = starsOf(graph);
  const mine = Object.hasOwn(stars, nodeId) ? stars[nodeId] : undefined;
  return Array.isArray(mine) && mine.length > 0 ? mine.filter((key) => typeof key === "string") : NONE;
}

const NONE: readonly string[] = [];

/** Gives a result its star, or takes it away. */
export function toggleStar(graph: Graph, nodeId: string, key: string): Graph {
  const mine = starred(graph, nodeId);
  const next = mine.includes(key) ? mine.filter((one) => one !== key) : [...mine, key];
  const others = Object.entries(starsOf(graph)).filter(([id]) => id !== nodeId);
  // From entries, so that no id can mean anything but itself.
  const stars = Object.fromEntries(next.length > 0 ? [...others, [nodeId, next]] : others);
  const { stars: _, ...rest } = graph.meta ?? {};
  const meta = Object.keys(stars).length > 0 ? { ...rest, stars } : rest;
  const { meta: __, ...bare } = graph;
  return Object.keys(meta).length > 0 ? { ...bare, meta } : bare;
}
