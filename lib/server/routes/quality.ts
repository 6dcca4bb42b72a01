import { Continuity, Scorecard, ScorecardQuery, StoryList } from "../../protocol/quality.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";

/** What judging came to: picture by picture in a run, and state by state of a graph. */
export const qualityRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "GET",
    path: "/api/runs/:id/stories",
    summary:
      "The way of every judged picture through its passes: picture, verdict, notes, next picture, and why it stopped.",
    answers: { 200: { says: "The stories.", schema: StoryList }, 404: { says: "There is no such run." } },
    async handle({ params }) {
      const found = await studio.stories(params.id ?? "");
      if (!found) throw new HttpError(404, "UNKNOWN_RUN", "There is no such run.");
      return json(200, found);
    },
  }),
  route({
    method: "GET",
    path: "/api/runs/:id/continuity",
    summary: "How alike the final pictures of a run are, each with every other, and which of them stand out.",
    answers: { 200: { says: "The comparison.", schema: Continuity }, 404: { says: "There is no such run." } },
    async handle({ params }) {
      const found = await studio.continuity(params.id ?? "");
      if (!found) throw new HttpError(404, "UNKNOWN_RUN", "There is no such run.");
      return json(200, found);
    },
  }),
  route({
    method: "GET",
    path: "/api/graphs/:id/scorecard",
    summary: "Pass rate, passes and cost per approved picture over the newest runs, for each state the graph was in.",
    query: ScorecardQuery,
    answers: { 200: { says: "The scorecard; empty where nothing was judged.", schema: Scorecard } },
    handle: async ({ params, query }) => json(200, await studio.scorecard(params.id ?? "", query)),
  }),
];
