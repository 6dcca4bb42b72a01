import { Graph } from "../../protocol/graph.ts";
import { TakesQuery } from "../../protocol/http.ts";
import { TakeList } from "../../protocol/takes.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";

/** What the nodes of a graph gave before, and the graph as a run saw it. */
export const takeRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "GET",
    path: "/api/graphs/:id/takes",
    summary: "Past results of the graph's nodes over its runs, newest first; equal results once.",
    query: TakesQuery,
    answers: { 200: { says: "One page; empty for a graph that never ran.", schema: TakeList } },
    handle: async ({ params, query }) => json(200, await studio.takes(params.id ?? "", query)),
  }),
  route({
    method: "GET",
    path: "/api/runs/:id/graph",
    summary: "The graph document a run was started from, exactly as it was.",
    answers: { 200: { says: "The document.", schema: Graph }, 404: { says: "There is no such run." } },
    async handle({ params }) {
      const graph = await studio.graphOfRun(params.id ?? "");
      if (!graph) throw new HttpError(404, "UNKNOWN_RUN", "There is no such run.");
      return json(200, graph, { "cache-control": "private, max-age=31536000, immutable" });
    },
  }),
];
