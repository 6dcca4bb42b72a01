import type * as z from "zod";
import { EstimateAnswer, RevisionQuery, RevisionsQuery, RunStarted } from "../../protocol/http.ts";
import { toMicro } from "../../protocol/money.ts";
import {
  CurrentBody,
  PublishBody,
  RunTemplateBody,
  Template,
  TemplateDraft,
  TemplateList,
  TemplateRevisions,
  TemplatesQuery,
} from "../../protocol/templates.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import type { StartTemplate } from "../../runtime/templates/templates-api.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import { idempotencyKey } from "../idempotency-key.ts";

const notFound = { says: "There is no such template or revision." };
const unknownTemplate = () => new HttpError(404, "UNKNOWN_TEMPLATE", "There is no such template or revision.");
const pathOf = (id: string) => `/api/templates/${encodeURIComponent(id)}`;

/** Published graphs: publish, look, roll back, take back, run. */
export const templateRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "POST",
    path: "/api/graphs/:id/publish",
    summary: "Publishes a saved revision of a graph as the next revision of its template, and makes it current.",
    body: PublishBody,
    bodyOptional: true,
    answers: {
      201: { says: "Published.", schema: Template },
      404: { says: "There is no such graph or revision." },
      422: { says: "The graph cannot run, or the form does not fit it; every problem." },
    },
    async handle({ params, body }) {
      const id = params.id ?? "";
      const made = await studio.templates.publish(id, body);
      if (!made) throw new HttpError(404, "UNKNOWN_GRAPH", "There is no such graph or revision. Save it first.");
      return json(201, made, { location: pathOf(id) });
    },
  }),
  route({
    method: "GET",
    path: "/api/graphs/:id/template-draft",
    summary: "What the next publication of a graph begins with: its form, cover and words.",
    answers: { 200: { says: "The draft.", schema: TemplateDraft }, 404: { says: "There is no such graph." } },
    async handle({ params }) {
      const draft = await studio.templates.draft(params.id ?? "");
      if (!draft) throw new HttpError(404, "UNKNOWN_GRAPH", "There is no such graph.");
      return json(200, draft);
    },
  }),
  route({
    method: "GET",
    path: "/api/templates",
    summary: "Published templates, each with its current revision.",
    query: TemplatesQuery,
    answers: { 200: { says: "One page.", schema: TemplateList } },
    async handle({ query }) {
      if (query.id !== undefined) {
        const one = (await studio.templates.list({ limit: 1, only: query.id }))[0];
        return json(200, { templates: one ? [one] : [] });
      }
      const rows = await studio.templates.list({ limit: query.limit + 1, after: query.after });
      const templates = rows.slice(0, query.limit);
      return json(200, { templates, next: rows.length > templates.length ? templates.at(-1)?.id : undefined });
    },
  }),
  route({
    method: "GET",
    path: "/api/templates/:id",
    summary: "One template with its form and its document: the current revision, or the one asked for.",
    query: RevisionQuery,
    answers: { 200: { says: "The revision.", schema: Template }, 404: notFound },
    async handle({ params, query }) {
      const found = await studio.templates.get(params.id ?? "", query.revision);
      if (!found) throw unknownTemplate();
      return json(200, found);
    },
  }),
  route({
    method: "DELETE",
    path: "/api/templates/:id",
    summary: "Takes a template back: nothing runs from it any more. Its revisions and runs stay.",
    answers: { 204: { says: "Taken back." }, 404: notFound },
    async handle({ params }) {
      if (!(await studio.templates.unpublish(params.id ?? ""))) throw unknownTemplate();
      return { status: 204 };
    },
  }),
  route({
    method: "GET",
    path: "/api/templates/:id/revisions",
    summary: "Every published revision, newest first.",
    query: RevisionsQuery,
    answers: {
      200: { says: "One page; `next` is the `before` of the page after it.", schema: TemplateRevisions },
      404: notFound,
    },
    async handle({ params, query }) {
      const rows = await studio.templates.revisions(params.id ?? "", { limit: query.limit + 1, before: query.before });
      if (rows.length === 0 && query.before === undefined) throw unknownTemplate();
      const revisions = rows.slice(0, query.limit);
      return json(200, { revisions, next: rows.length > revisions.length ? revisions.at(-1)?.revision : undefined });
    },
  }),
  route({
    method: "POST",
    path: "/api/templates/:id/current",
    summary: "Makes a revision the one that runs: rolls back, goes forward, or publishes again.",
    body: CurrentBody,
    answers: { 200: { says: "The revision, now current.", schema: Template }, 404: notFound },
    async handle({ params, body }) {
      const found = await studio.templates.makeCurrent(params.id ?? "", body.revision);
      if (!found) throw unknownTemplate();
      return json(200, found);
    },
  }),
  route({
    method: "POST",
    path: "/api/templates/:id/runs",
    summary: "Runs a template with these inputs. The same Idempotency-Key again gives the same run.",
    body: RunTemplateBody,
    bodyOptional: true,
    answers: {
      202: { says: "Queued.", schema: RunStarted },
      404: notFound,
      422: { says: "Inputs that do not fit; every one of them with its field." },
    },
    async handle({ params, body, header }) {
      const key = idempotencyKey(header("idempotency-key"));
      const wish = await wishOf(studio, params.id ?? "", body, key);
      const { runId, created } = await studio.templates.startRun(params.id ?? "", wish);
      return json(
        202,
        { runId },
        { location: `/api/runs/${runId}`, ...(created ? {} : { "idempotency-replayed": "true" }) },
      );
    },
  }),
  route({
    method: "POST",
    path: "/api/templates/:id/estimate",
    summary: "What a run with these inputs would cost, aware of the cache. Starts nothing.",
    body: RunTemplateBody,
    bodyOptional: true,
    answers: { 200: { says: "The estimate, an upper bound.", schema: EstimateAnswer }, 404: notFound },
    handle: async ({ params, body }) =>
      json(
        200,
        await studio.templates.estimate(params.id ?? "", await wishOf(studio, params.id ?? "", body, undefined)),
      ),
  }),
];

/** An unknown template is 404 here, where the address names it. */
async function wishOf(
  studio: Studio,
  id: string,
  { inputs, revision, budgetUsd }: z.output<typeof RunTemplateBody>,
  key: string | undefined,
): Promise<StartTemplate> {
  const [current] = await studio.templates.revisions(id, { limit: 1 });
  if (!current || !(await studio.templates.get(id))) throw unknownTemplate();
  if (revision !== undefined && revision > current.revision) throw unknownTemplate();
  const budgetMicro = budgetUsd === undefined || budgetUsd === null ? budgetUsd : toMicro(budgetUsd);
  return { inputs, revision, budgetMicro, idempotencyKey: key };
}
