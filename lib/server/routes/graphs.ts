import * as z from "zod";
import { Graph } from "../../protocol/graph.ts";
import {
  GraphList,
  GraphQuery,
  GraphSaved,
  GraphsQuery,
  RevisionLabel,
  RevisionList,
  RevisionsQuery,
} from "../../protocol/http.ts";
import type { GraphRevision } from "../../runtime/ports.ts";
import { labelled, labelRevision } from "../../runtime/revision-labels.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { etags } from "../etags.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";

const notFound = { says: "There is no such graph or revision." };
const unknownGraph = (): HttpError => new HttpError(404, "UNKNOWN_GRAPH", "There is no such graph or revision.");

/** Saved graphs. Every save is a revision; If-Match keeps two editors from overwriting each other. */
export const graphRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "GET",
    path: "/api/graphs",
    summary: "Saved graphs.",
    query: GraphsQuery,
    answers: { 200: { says: "One page.", schema: GraphList } },
    async handle({ query }) {
      const rows = await studio.listGraphs({ limit: query.limit + 1, after: query.after });
      const graphs = rows.slice(0, query.limit);
      return json(200, { graphs, next: rows.length > graphs.length ? graphs.at(-1)?.id : undefined });
    },
  }),
  route({
    method: "GET",
    path: "/api/graphs/:id",
    summary: "The graph document, the newest revision or the one asked for. The ETag is what If-Match wants.",
    query: GraphQuery,
    answers: {
      200: { says: "The document.", schema: Graph },
      204: { says: "There is none, with `absent=ok`." },
      304: { says: "Unchanged." },
      404: notFound,
    },
    async handle({ params, query, header }) {
      const found = await studio.graph(params.id ?? "", query.revision);
      if (!found && query.absent === "ok") return { status: 204, headers: { "cache-control": "private, no-cache" } };
      if (!found) throw unknownGraph();
      const headers = revisionHeaders(found);
      if (etags(header("if-none-match")).includes(found.etag)) return { status: 304, headers };
      return json(200, found.graph, headers);
    },
  }),
  route({
    method: "GET",
    path: "/api/graphs/:id/revisions",
    summary: "Every save of a graph, newest first. GET /api/graphs/:id?revision= has the document.",
    query: RevisionsQuery,
    answers: {
      200: { says: "One page; `next` is the `before` of the page after it.", schema: RevisionList },
      404: notFound,
    },
    async handle({ params, query }) {
      const rows = await studio.revisions(params.id ?? "", { limit: query.limit + 1, before: query.before });
      if (rows.length === 0 && !(await studio.graph(params.id ?? ""))) throw unknownGraph();
      const revisions = await labelled(studio.notes, params.id ?? "", rows.slice(0, query.limit));
      return json(200, { revisions, next: rows.length > revisions.length ? revisions.at(-1)?.revision : undefined });
    },
  }),
  route({
    method: "PUT",
    path: "/api/graphs/:id/revisions/:revision/label",
    summary: "Names a save, so that it is found again; an empty name takes it away. The save itself stays as it is.",
    body: RevisionLabel,
    answers: { 204: { says: "Kept." }, 404: notFound, 422: { says: "Too long, or it looks like a key." } },
    async handle({ params, body }) {
      const id = params.id ?? "";
      const revision = /^[1-9][0-9]{0,8}$/.test(params.revision ?? "") ? Number(params.revision) : 0;
      if (revision === 0 || !(await studio.graph(id, revision))) throw unknownGraph();
      await labelRevision(studio.notes, id, revision, body.label);
      return { status: 204 };
    },
  }),
  route({
    method: "PUT",
    path: "/api/graphs/:id",
    summary: "Saves the graph document. A known id needs If-Match with the ETag it was read with.",
    body: z.unknown().meta({ description: "A graph document (/graph.schema.json)." }),
    answers: {
      200: { says: "Saved as a new revision.", schema: GraphSaved },
      201: { says: "Saved; the id was new.", schema: GraphSaved },
      412: { says: "Somebody saved in between; both documents are in the answer." },
      422: { says: "This is not a graph document." },
      428: { says: "The id is known and If-Match is missing." },
    },
    async handle({ params, body, header }) {
      const id = params.id ?? "";
      const given = header("if-match");
      const ifMatch = given?.trim() === "*" ? (await studio.graph(id))?.etag : etags(given)[0];
      if (given !== undefined && ifMatch === undefined)
        throw new HttpError(412, "REVISION_CONFLICT", "If-Match names no revision of this graph.", {
          headers: { ...revisionHeaders(await studio.graph(id)) },
        });
      const result = await studio.saveGraph(id, body, ifMatch);
      if ("needsMatch" in result)
        throw new HttpError(428, "IF_MATCH_REQUIRED", "This graph exists: send If-Match with its ETag.", {
          headers: revisionHeaders(result.needsMatch),
          more: { current: shown(result.needsMatch) },
        });
      if ("conflict" in result)
        throw new HttpError(412, "REVISION_CONFLICT", "Somebody saved this graph since you read it.", {
          headers: revisionHeaders(result.conflict),
          more: { current: shown(result.conflict), yours: { etag: ifMatch, graph: body } },
        });
      const { name, revision, etag } = result.saved;
      return json(
        result.created ? 201 : 200,
        { id, name, revision, etag },
        {
          ...revisionHeaders(result.saved),
          ...(result.created ? { location: `/api/graphs/${encodeURIComponent(id)}` } : {}),
        },
      );
    },
  }),
  route({
    method: "DELETE",
    path: "/api/graphs/:id",
    summary: "Forgets a saved graph. Runs keep the snapshot they were started from.",
    answers: { 204: { says: "Gone." }, 404: notFound },
    async handle({ params }) {
      if (!(await studio.deleteGraph(params.id ?? ""))) throw unknownGraph();
      return { status: 204 };
    },
  }),
];

const shown = ({ revision, etag, graph }: GraphRevision) => ({ revision, etag, graph });

const revisionHeaders = (found: GraphRevision | undefined): Record<string, string> =>
  found
    ? { etag: `"${found.etag}"`, "throughline-revision": String(found.revision), "cache-control": "private, no-cache" }
    : {};
