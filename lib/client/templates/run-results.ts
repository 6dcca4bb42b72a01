import type { Graph } from "../../protocol/graph.ts";
import type { RunDocument } from "../../protocol/run.ts";
import type { ImageValue, Value } from "../../protocol/values.ts";

/** What a run came to: pictures, and words where there is no picture. */
export type RunResults = { pictures: ImageValue[]; texts: string[] };

/**
 * The results of a run for somebody who never sees a node: what stands at the ends of its ways. A node whose pictures led to other pictures is on the
 * way; one that handed them on to an archive or a webhook is an end. While it runs, the newest there are.
 */
export function runResults(
  { nodes, edges }: Pick<Graph, "nodes" | "edges">,
  { outputs }: Pick<RunDocument, "outputs">,
): RunResults {
  const pictures = endsWith(nodes, edges, outputs, picturesOf);
  if (pictures.length > 0) return { pictures: unique(pictures), texts: [] };
  const texts = endsWith(nodes, edges, outputs, (values) =>
    values.flatMap((value) => (value.kind === "text" ? [value.text] : [])),
  );
  return { pictures: [], texts: [...new Set(texts)].filter((text) => text.trim() !== "") };
}

const picturesOf = (values: readonly Value[]): ImageValue[] =>
  values.flatMap((value) =>
    value.kind === "image" ? [value] : value.kind === "file" && value.image ? [value.image] : [],
  );

function endsWith<T>(
  nodes: Graph["nodes"],
  edges: Graph["edges"],
  outputs: RunDocument["outputs"],
  read: (values: readonly Value[]) => T[],
): T[] {
  const holding = new Map<string, T[]>();
  for (const { id } of nodes) {
    // The first port that fired is the one a node is there for: a gate's passed pictures, not those it sent back.
    const [first] = Object.values(outputs[id] ?? {})
      .map(read)
      .filter((values) => values.length > 0);
    if (first) holding.set(id, first);
  }
  const next = Map.groupBy(
    edges.filter(({ loop }) => !loop),
    ({ source }) => source,
  );
  const leadsOn = (id: string, seen = new Set<string>()): boolean =>
    (next.get(id) ?? []).some(({ target }) => {
      if (seen.has(target)) return false;
      seen.add(target);
      return holding.has(target) || leadsOn(target, seen);
    });
  return [...holding].flatMap(([id, values]) => (leadsOn(id) ? [] : values));
}

const unique = (pictures: readonly ImageValue[]): ImageValue[] => [
  ...new Map(pictures.map((picture) => [picture.asset, picture])).values(),
];
