import { canonical } from "../engine/cache-key.ts";
import { hasErrors, InvalidError } from "../protocol/problems.ts";
import { readGraph } from "../protocol/read-graph.ts";
import { sha256 } from "./digest.ts";
import type { Journal } from "./ports.ts";
import type { Studio } from "./studio-api.ts";

type GraphPart = "saveGraph" | "graph" | "listGraphs" | "revisions" | "deleteGraph";

/** Saved graphs and their revisions. */
export const createGraphDesk = (journal: Journal): Pick<Studio, GraphPart> => ({
  async saveGraph(id, document, ifMatch) {
    const { graph, problems } = readGraph(document);
    if (!graph || hasErrors(problems)) throw new InvalidError(problems);
    const known = await journal.loadGraph(id);
    if (known && ifMatch === undefined) return { needsMatch: known };
    const named = { ...graph, id };
    return await journal.saveGraph(named, sha256(canonical(named)), ifMatch);
  },
  graph: (id, revision) => journal.loadGraph(id, revision),
  listGraphs: (page) => journal.listGraphs(page),
  revisions: (id, page) => journal.listRevisions(id, page),
  deleteGraph: (id) => journal.deleteGraph(id),
});
