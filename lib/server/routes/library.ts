import { RunStarted } from "../../protocol/http.ts";
import {
  DistilBody,
  DistilPrice,
  EffectiveSheet,
  Sheet,
  SheetArchived,
  SheetBack,
  SheetDraft,
  SheetExportQuery,
  SheetImportQuery,
  SheetList,
  SheetPreview,
  SheetQuery,
  SheetsQuery,
  SheetUserList,
  SheetVersionList,
  SheetVersionsQuery,
} from "../../protocol/library.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { SheetsAdopted } from "../../protocol/sheet-file.ts";
import type { SheetChange } from "../../runtime/library/library-api.ts";
import { sheetFileText } from "../../runtime/library/sheet-files.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { contentDisposition } from "../content-disposition.ts";
import { etags, ifMatchOf } from "../etags.ts";
import { type Answer, json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import { createSlots } from "../stream-slots.ts";

const notFound = { says: "There is no such sheet or version." };
const unknownSheet = () => new HttpError(404, "UNKNOWN_SHEET", "There is no such sheet or version.");
const changed = {
  200: { says: "Done; the sheet as it is now.", schema: Sheet },
  404: notFound,
  412: { says: "Somebody saved in between; the sheet as it is now is in the answer." },
  422: { says: "Not a sheet that can be kept; every problem." },
  428: { says: "If-Match is missing." },
};

const tagged = ({ etag, version }: Sheet): Record<string, string> => ({
  etag: `"${etag}"`,
  "throughline-version": String(version),
  "cache-control": "private, no-cache",
});

function changeAnswer(change: SheetChange): Answer {
  if (change === "unknown") throw unknownSheet();
  if ("needsMatch" in change)
    throw new HttpError(428, "IF_MATCH_REQUIRED", "This sheet exists: send If-Match with its ETag.", {
      headers: tagged(change.needsMatch),
      more: { current: change.needsMatch },
    });
  if ("conflict" in change)
    throw new HttpError(412, "REVISION_CONFLICT", "Somebody saved this sheet since you read it.", {
      headers: tagged(change.conflict),
      more: { current: change.conflict },
    });
  return json(200, change.saved, tagged(change.saved));
}

/** The library of spec sheets. A version never changes; If-Match keeps two editors from overwriting each other. */
export const libraryRoutes = ({ studio }: { studio: Studio }): Route[] => {
  // A file is in memory while it is read.
  const imports = createSlots({ perCaller: 2, perProcess: 2, what: "imports" });
  return [
    route({
      method: "GET",
      path: "/api/sheets",
      summary: "Spec sheets, the last changed first; q finds those that hold every word.",
      query: SheetsQuery,
      answers: { 200: { says: "One page, and every tag in use.", schema: SheetList } },
      handle: async ({ query }) =>
        json(200, await studio.library.list({ ...query, archived: query.archived === "true" })),
    }),
    route({
      method: "POST",
      path: "/api/sheets",
      summary: "Makes a sheet; its id follows from its name.",
      body: SheetDraft,
      answers: { 201: { says: "Made, as version 1.", schema: Sheet }, 422: changed[422] },
      async handle({ body }) {
        const made = await studio.library.create(body);
        return json(201, made, { ...tagged(made), location: `/api/sheets/${encodeURIComponent(made.id)}` });
      },
    }),
    route({
      method: "GET",
      path: "/api/sheets/:id",
      summary:
        "A sheet in full, as it is sent: its newest version, or the one asked for. The ETag is what If-Match wants.",
      query: SheetQuery,
      answers: { 200: { says: "The sheet.", schema: Sheet }, 304: { says: "Unchanged." }, 404: notFound },
      async handle({ params, query, header }) {
        const found = await studio.library.read(params.id ?? "", query.version);
        if (!found) throw unknownSheet();
        // What it extends may have changed while it has not.
        const alone = (found.effective?.chain.length ?? 0) <= 1 && found.broken === undefined;
        if (alone && query.version === undefined && etags(header("if-none-match")).includes(found.etag))
          return { status: 304, headers: tagged(found) };
        return json(200, found, tagged(found));
      },
    }),
    route({
      method: "PUT",
      path: "/api/sheets/:id",
      summary: "Saves a sheet. Another text, parent or samples make a new version; a new name or tags do not.",
      body: SheetDraft,
      answers: changed,
      handle: async ({ params, body, header }) =>
        changeAnswer(await studio.library.save(params.id ?? "", body, ifMatchOf(header("if-match")))),
    }),
    route({
      method: "GET",
      path: "/api/sheets/:id/versions",
      summary: "Every version of a sheet, newest first, without its words.",
      query: SheetVersionsQuery,
      answers: {
        200: { says: "One page; `next` is the `before` of the one after it.", schema: SheetVersionList },
        404: notFound,
      },
      async handle({ params, query }) {
        const rows = await studio.library.versions(params.id ?? "", { limit: query.limit + 1, before: query.before });
        if (rows.length === 0 && query.before === undefined) throw unknownSheet();
        const versions = rows.slice(0, query.limit);
        return json(200, { versions, next: rows.length > versions.length ? versions.at(-1)?.version : undefined });
      },
    }),
    route({
      method: "POST",
      path: "/api/sheets/:id/current",
      summary: "Makes an earlier version the newest again, as a new version that says the same.",
      body: SheetBack,
      answers: changed,
      handle: async ({ params, body, header }) =>
        changeAnswer(
          await studio.library.rollBack(params.id ?? "", body.version, body.note, ifMatchOf(header("if-match"))),
        ),
    }),
    route({
      method: "POST",
      path: "/api/sheets/:id/archived",
      summary: "Puts a sheet away, or brings it back. What uses it goes on using it.",
      body: SheetArchived,
      answers: changed,
      handle: async ({ params, body, header }) =>
        changeAnswer(await studio.library.archive(params.id ?? "", body.archived, ifMatchOf(header("if-match")))),
    }),
    route({
      method: "GET",
      path: "/api/sheets/:id/users",
      summary: "Which saved graphs, templates and sheets name it.",
      answers: { 200: { says: "All of them.", schema: SheetUserList }, 404: notFound },
      async handle({ params }) {
        if (!(await studio.library.read(params.id ?? ""))) throw unknownSheet();
        return json(200, await studio.library.users(params.id ?? ""));
      },
    }),
    route({
      method: "GET",
      path: "/api/sheets/:id/export",
      summary: "A sheet and those it extends as .sheet.json, or with the pictures as a zip (?as=zip).",
      query: SheetExportQuery,
      answers: {
        200: { says: "The file.", type: "application/json" },
        404: notFound,
        422: { says: "It holds what looks like a secret; nothing is exported." },
      },
      async handle({ params, query }) {
        const id = params.id ?? "";
        if (!(await studio.library.read(id, query.version))) throw unknownSheet();
        return query.as === "zip"
          ? asFile(await studio.library.exportZip(id, query.version), "application/zip", `${id}.sheet.zip`)
          : asFile(
              sheetFileText(await studio.library.exportFile(id, query.version)),
              "application/json",
              `${id}.sheet.json`,
            );
      },
    }),
    route({
      method: "POST",
      path: "/api/sheets/import",
      summary: "Takes in a .sheet.json or its zip, with the sheets it extends.",
      raw: ["application/json", "application/zip", "application/octet-stream"],
      query: SheetImportQuery,
      answers: {
        201: { says: "Taken in; what each sheet is called here.", schema: SheetsAdopted },
        413: { says: "Too large." },
        422: { says: "Not a file that can be taken in; nothing was stored." },
      },
      async handle({ bytes, query, caller }) {
        const giveBack = imports.take(caller.name);
        try {
          const body = await bytes(LIMITS.bundleBytes);
          return json(201, await studio.library.importBytes(body, { replace: query.replace === "true" }));
        } finally {
          giveBack();
        }
      },
    }),
    route({
      method: "POST",
      path: "/api/sheets/preview",
      summary: "What words that are not saved yet would be sent as.",
      body: SheetPreview,
      answers: {
        200: { says: "The whole text, and whose its sections are.", schema: EffectiveSheet },
        422: changed[422],
      },
      handle: async ({ body }) => json(200, await studio.library.preview(body)),
    }),
    route({
      method: "POST",
      path: "/api/sheets/distil/price",
      summary: "What writing a sheet from a picture's conversation costs at most.",
      body: DistilBody,
      answers: { 200: { says: "The price; nothing when it was written before.", schema: DistilPrice }, 422: notFound },
      handle: async ({ body }) => json(200, await studio.library.distilPrice(body)),
    }),
    route({
      method: "POST",
      path: "/api/sheets/distil",
      summary: "Has a sheet written from a picture's conversation: a run with one call.",
      body: DistilBody,
      answers: {
        202: { says: "Started.", schema: RunStarted },
        422: { says: "The picture or its conversation is gone." },
      },
      async handle({ body }) {
        const { runId } = await studio.library.distil(body);
        return json(202, { runId }, { location: `/api/runs/${runId}` });
      },
    }),
  ];
};

const asFile = (body: Answer["body"], type: string, name: string): Answer => ({
  status: 200,
  headers: {
    "content-type": type,
    "content-disposition": contentDisposition("attachment", name),
    "cache-control": "private, no-store",
  },
  body,
});
