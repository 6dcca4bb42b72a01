import type { Graph } from "#lib/protocol/graph.ts";

/**
 * A text and then one prompt after the other, each passing on what came in: the hardest shape for an engine that journals, because no two steps
 * can share a write. `details` is not used, but it counts for the cache key, so no step is a cached copy of another. `salt` keeps runs apart.
 */
export function chainGraph(length: number, salt: string): Graph {
  const nodes = Array.from({ length }, (_, index) => ({
    id: `n${index}`,
    type: index === 0 ? "text" : "prompt",
    typeVersion: 1,
    position: { x: 0, y: 0 },
    config: index === 0 ? { text: `A trail shoe on wet rock, ${salt}` } : { text: "{{1}}", details: `step ${index}` },
    take: 1,
    mode: "on" as const,
  }));
  const edges = Array.from({ length: length - 1 }, (_, index) => ({
    id: `e${index}`,
    source: `n${index}`,
    sourceHandle: "text",
    target: `n${index + 1}`,
    targetHandle: "text",
  }));
  return {
    format: "throughline/graph",
    version: 1,
    id: `chain-${length}-${salt}`,
    name: "Chain",
    inputs: [],
    nodes,
    edges,
    frames: [],
  } as Graph;
}

/** The work of one step, for those who do it without us. */
export const passOn = (text: string, details: string): { text: string; details: string } => ({
  text: text.trim(),
  details,
});
