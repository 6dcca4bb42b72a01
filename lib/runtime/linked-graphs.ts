import { canonical } from "../engine/cache-key.ts";
import { linksIn, refOf } from "../engine/expand-graph.ts";
import type { Catalogue, GraphLink, LinkedGraphs } from "../engine/types.ts";
import type { Graph } from "../protocol/graph.ts";
import { LIMITS } from "../protocol/limits.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import { readGraph } from "../protocol/read-graph.ts";
import { sha256 } from "./digest.ts";
import type { Journal } from "./ports.ts";

type Store = Pick<Journal, "loadGraph" | "getGraph" | "putGraph">;
type Kept = Pick<Journal, "loadGraph" | "getGraph" | "getNote">;
/** Notes by `id@revision`: the hash under which a linked graph is kept for those who depend on it. */
const KEPT = "linked-graph";

/**
 * The saved graphs a document leads to, directly or through others, each read once. Reads no deeper and no more of them than a run may use; what is
 * beyond is named where it is put in place.
 */
export async function linkedGraphs(journal: Kept, catalogue: Catalogue, graph: Graph): Promise<LinkedGraphs> {
  const found = new Map<string, Graph | readonly Problem[]>();
  let open = linksIn(graph, catalogue);
  for (let depth = 0; depth <= LIMITS.subgraphDepth && open.length > 0; depth += 1) {
    const next: GraphLink[] = [];
    for (const link of open) {
      const ref = refOf(link);
      if (found.has(ref) || found.size >= LIMITS.nodes) continue;
      const read = await readLinked(journal, link);
      found.set(ref, read);
      if ("nodes" in read) next.push(...linksIn(read, catalogue));
    }
    open = next;
  }
  return found;
}

async function readLinked(journal: Kept, { graph: id, revision }: GraphLink): Promise<Graph | readonly Problem[]> {
  const saved =
    (await journal.loadGraph(id, revision))?.graph ?? (await keptGraph(journal, refOf({ graph: id, revision })));
  if (saved) {
    // It was checked when it was saved, perhaps by an older program.
    const { graph, problems } = readGraph(saved);
    const wrong = problems.filter(({ level }) => level === "error");
    return graph && wrong.length === 0
      ? graph
      : wrong.map(({ code, message }) => problem(code, `The graph "${id}" cannot be used: ${message}`));
  }
  const newest = await journal.loadGraph(id);
  return newest
    ? [problem("UNKNOWN_REVISION", `The graph "${id}" has no version ${revision}; the newest is ${newest.revision}.`)]
    : [problem("UNKNOWN_GRAPH", `There is no saved graph "${id}". Save or import it first.`)];
}

/** Keeps the graphs a run was started with, whatever becomes of their saved versions; gives their hashes by `id@revision`. */
export async function keepLinked(journal: Store, links: LinkedGraphs): Promise<Record<string, string> | undefined> {
  if (links.size === 0) return undefined;
  const hashes: Record<string, string> = {};
  for (const [ref, graph] of links) {
    if (!("nodes" in graph)) continue;
    const hash = sha256(canonical(graph));
    await journal.putGraph(graph, hash);
    hashes[ref] = hash;
  }
  return hashes;
}

/** Keeps them for a published revision: it runs on when a graph it leads to is deleted, for numbers of revisions are never used again. */
export async function keepForEver(journal: Store & Pick<Journal, "putNote">, links: LinkedGraphs): Promise<void> {
  for (const [ref, hash] of Object.entries((await keepLinked(journal, links)) ?? {}))
    await journal.putNote(KEPT, ref, { hash });
}

async function keptGraph(journal: Kept, ref: string): Promise<Graph | undefined> {
  const note = await journal.getNote(KEPT, ref);
  return typeof note?.hash === "string" ? await journal.getGraph(note.hash) : undefined;
}

/** The graphs a run was started with. */
export async function linksOfRun(
  journal: Pick<Journal, "getGraph">,
  hashes: Readonly<Record<string, string>> = {},
): Promise<LinkedGraphs> {
  const found = new Map<string, Graph>();
  for (const [ref, hash] of Object.entries(hashes)) {
    const graph = await journal.getGraph(hash);
    if (graph) found.set(ref, graph);
  }
  return found;
}
