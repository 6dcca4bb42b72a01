import { type Graph, RESERVED_IDS } from "../../../protocol/graph.ts";

/** A free id that reads like what it names: `generate`, `generate-2`, `generate-3` … */
export function newId(taken: ReadonlySet<string> | ReadonlyMap<string, unknown>, word: string): string {
  const stem =
    word
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 48) || "node";
  let id = RESERVED_IDS.has(stem) ? `${stem}-1` : stem;
  for (let n = 2; taken.has(id); n += 1) id = `${stem}-${n}`;
  return id;
}

/** The id of the edge between two ports: the same wire always has the same name, so it reads well in a diff. */
export function newEdgeId(
  graph: Pick<Graph, "edges">,
  ends: { source: string; sourceHandle: string; target: string; targetHandle: string },
): string {
  const taken = new Set(graph.edges.map(({ id }) => id));
  return newId(taken, `${ends.source}-${ends.sourceHandle}-${ends.target}-${ends.targetHandle}`);
}
