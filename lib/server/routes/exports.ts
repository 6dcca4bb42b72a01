import {
  ExportLook,
  type ExportOptions,
  ExportQuery,
  ExportsBody,
  ExportWhat,
  GraphFromPicture,
  RunExportQuery,
} from "../../protocol/exports.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { ExportSubject } from "../../runtime/exports/exports-api.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { contentDisposition } from "../content-disposition.ts";
import { type Answer, json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import type { Slots } from "../stream-slots.ts";

const FILE = { 200: { says: "The file.", type: "application/octet-stream" } };
const ZIP = { 200: { says: "A zip with manifest.json and sha256sums.txt.", type: "application/zip" } };
const UNKNOWN = { 404: { says: "There is no such entry, run or picture." } };
const UNFIT = { 422: { says: "It cannot be written in this way, or holds what looks like a key." } };

/** Pictures as files for other programs. */
export const exportRoutes = ({ studio, exporting }: { studio: Pick<Studio, "exports">; exporting: Slots }): Route[] => {
  const one = async (
    subject: ExportSubject,
    options: ExportOptions,
    { caller, signal }: { caller: { name: string }; signal: AbortSignal },
  ): Promise<Answer> => {
    const giveBack = exporting.take(caller.name);
    try {
      const file = await known(studio.exports.one(subject, options, signal));
      const { state, says } = file.credentials;
      return {
        status: 200,
        headers: {
          ...asDownload(file.name.split("/").at(-1) ?? file.name, file.mediaType),
          "throughline-credentials": `${state}; ${encodeURIComponent(says)}`,
        },
        body: file.bytes,
      };
    } finally {
      giveBack();
    }
  };
  const many = async (
    what: ExportWhat,
    options: ExportOptions,
    { caller, signal }: { caller: { name: string }; signal: AbortSignal },
  ): Promise<Answer> => {
    const giveBack = exporting.take(caller.name);
    try {
      const { name, chunks } = await known(studio.exports.many(what, options));
      // The place is taken until the answer is out or the client has gone.
      signal.addEventListener("abort", giveBack, { once: true });
      return { status: 200, headers: asDownload(name, "application/zip"), body: chunks };
    } catch (error) {
      giveBack();
      throw error;
    }
  };

  return [
    route({
      method: "GET",
      path: "/api/archive/:id/export",
      summary: "An archive entry as a file: the original, or written anew.",
      query: ExportQuery,
      answers: { ...FILE, ...UNKNOWN, ...UNFIT },
      handle: ({ params, query, ...call }) => {
        const { id = "" } = params;
        if (query.as === "zip") return many({ entries: [id], pictures: [] }, query, call);
        return one({ entry: id }, query, call);
      },
    }),
    route({
      method: "GET",
      path: "/api/runs/:id/export",
      summary: "A picture of a run as a file, or a zip of all its final pictures.",
      query: RunExportQuery,
      answers: { ...FILE, ...UNKNOWN, ...UNFIT },
      handle: ({ params, query: { asset, ...options }, ...call }) => {
        const { id: run = "" } = params;
        if (asset === undefined) return many({ entries: [], pictures: [], run }, options, call);
        if (options.as === "zip") return many({ entries: [], pictures: [{ run, asset }] }, options, call);
        return one({ run, asset }, options, call);
      },
    }),
    route({
      method: "POST",
      path: "/api/exports",
      summary: "Many files as one zip, written while it is read.",
      body: ExportsBody,
      answers: { ...ZIP, ...UNKNOWN, ...UNFIT },
      handle: ({ body: { entries, pictures, run, ...options }, ...call }) =>
        many({ entries, pictures, run }, options, call),
    }),
    route({
      method: "POST",
      path: "/api/exports/look",
      summary: "What an export could carry, before it is made.",
      body: ExportWhat,
      answers: { 200: { says: "Counts, and who would sign.", schema: ExportLook }, ...UNKNOWN },
      handle: async ({ body }) => json(200, await known(studio.exports.look(body))),
    }),
    route({
      method: "POST",
      path: "/api/graphs/from-picture",
      summary: "The graph a PNG carries. Nothing is stored and nothing runs.",
      raw: ["image/png", "application/octet-stream"],
      answers: {
        200: { says: "The graph.", schema: GraphFromPicture },
        413: { says: "Too large." },
        422: { says: "No graph, two that differ, one that is too large or that is none." },
      },
      handle: async ({ bytes }) => json(200, studio.exports.graphInPicture(await bytes(LIMITS.uploadBytes))),
    }),
  ];
};

const asDownload = (name: string, type: string): Record<string, string> => ({
  "content-type": type,
  "content-disposition": contentDisposition("attachment", name),
  "content-security-policy": "sandbox; default-src 'none'",
  "cache-control": "private, no-store",
});

/** What is not there is a 404; everything else is told as it is. */
async function known<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (typeof code === "string" && /^UNKNOWN_(ENTRY|RUN|PICTURE)$/.test(code))
      throw new HttpError(404, code, String(message));
    throw error;
  }
}
