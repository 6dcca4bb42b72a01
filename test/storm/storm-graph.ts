type Node = { id: string; type: string; config: Record<string, unknown> };

const edge = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  id: `${source}-${target}-${targetHandle}`,
  source,
  sourceHandle,
  target,
  targetHandle,
});

/**
 * Twelve paid calls of every kind that can be fetched by id: a generation and three edits of its thread (two of them forks), two variants that
 * are each edited, a turn of words with a picture drawn from it, and edits of edits; streamed and polled.
 */
export function stormGraph() {
  const nodes: Node[] = [
    {
      id: "sheet",
      type: "spec-sheet",
      config: { name: "House style", text: "Soft daylight, one product, calm colours." },
    },
    { id: "product", type: "prompt", config: { text: "A trail shoe on wet rock" } },
    { id: "dusk", type: "text", config: { text: "Make it dusk" } },
    { id: "snow", type: "text", config: { text: "Let it snow" } },
    { id: "closer", type: "text", config: { text: "Come closer" } },
    { id: "mood", type: "text", config: { text: "Let us talk about the mood first: quiet, early, cold." } },
    { id: "hero", type: "generate", config: { partials: 0 } },
    { id: "evening", type: "edit", config: { partials: 0 } },
    { id: "winter", type: "edit", config: { partials: 1 } },
    { id: "evening-close", type: "edit", config: { partials: 0 } },
    { id: "winter-close", type: "edit", config: { partials: 0 } },
    { id: "variants", type: "generate", config: { partials: 1, variants: 2 } },
    { id: "variants-dusk", type: "edit", config: { partials: 0 } },
    { id: "talk", type: "converse", config: {} },
    { id: "from-talk", type: "generate", config: { partials: 2 } },
    { id: "from-talk-snow", type: "edit", config: { partials: 0 } },
  ];
  const draws = [
    edge("product", "text", "hero", "prompt"),
    edge("product", "text", "variants", "prompt"),
    edge("product", "text", "from-talk", "prompt"),
    edge("mood", "text", "talk", "text"),
    edge("talk", "thread", "from-talk", "context"),
    edge("sheet", "spec", "hero", "spec"),
    edge("sheet", "spec", "variants", "spec"),
  ];
  const edits = [
    ["hero", "evening", "dusk"],
    ["hero", "winter", "snow"],
    ["evening", "evening-close", "closer"],
    ["winter", "winter-close", "closer"],
    ["variants", "variants-dusk", "dusk"],
    ["from-talk", "from-talk-snow", "snow"],
  ].flatMap(([from, to, words]) => [edge(from!, "image", to!, "image"), edge(words!, "text", to!, "instruction")]);
  return {
    format: "throughline/graph",
    version: 1,
    id: "storm",
    name: "Storm",
    inputs: [],
    nodes,
    edges: [...draws, ...edits],
  };
}

/** Paid calls of one run of the graph. */
export const STORM_CALLS = 12;
