import * as z from "zod";
import { type Method, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";

const PLANNED: [Method, string, string][] = [
  ["POST", "/api/batches", "Runs a graph once per row."],
  ["GET", "/api/batches/:id", "A batch and its rows."],
  ["GET", "/api/batches/:id/events", "A batch's events."],
  ["POST", "/api/batches/:id/cancel", "Stops a batch."],
  ["POST", "/api/batches/:id/resume", "Goes on with a batch."],
  ["GET", "/api/batches/:id/rows.csv", "The result table."],
  ["GET", "/api/batches/:id/files.zip", "All files of a batch."],
];

/** Routes of the contract that are announced but not built: they are guarded like all others and say so. */
export const notYetRoutes = (): Route[] =>
  PLANNED.map(([method, path, summary]) =>
    route({
      method,
      path,
      summary: `${summary} Not here yet.`,
      query: z.looseObject({}),
      answers: { 501: { says: "Not here yet." } },
      handle: async () => {
        throw new HttpError(501, "NOT_YET", "This part of Throughline is not here yet.");
      },
    }),
  );
