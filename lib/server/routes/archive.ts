import { ArchiveEntry, ArchiveList, ArchiveQuery } from "../../protocol/http.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";

/** Words of a search that are looked at; the rest of a pasted text adds nothing but work. */
const MAX_WORDS = 32;

/** The catalogue of finished pictures. */
export const archiveRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "GET",
    path: "/api/archive",
    summary: "Finished pictures, newest first; q searches all their words.",
    query: ArchiveQuery,
    answers: { 200: { says: "One page.", schema: ArchiveList } },
    async handle({ query }) {
      const text = query.q?.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS).join(" ") || undefined;
      const rows = await studio.archive({ text, runId: query.runId, limit: query.limit + 1, before: query.before });
      const entries = rows.slice(0, query.limit);
      return json(200, { entries, next: rows.length > entries.length ? entries.at(-1)?.id : undefined });
    },
  }),
  route({
    method: "GET",
    path: "/api/archive/:id",
    summary: "One archive entry with everything needed to explain and remake it.",
    answers: { 200: { says: "The entry.", schema: ArchiveEntry }, 404: { says: "There is no such entry." } },
    async handle({ params }) {
      const entry = await studio.archiveEntry(params.id ?? "");
      if (!entry) throw new HttpError(404, "UNKNOWN_ENTRY", "There is no such archive entry.");
      return json(200, entry);
    },
  }),
];
