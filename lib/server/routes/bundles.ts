import { Contacts, ExportQuery, Imported } from "../../protocol/bundle.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { ExportWish } from "../../runtime/bundle/bundle-api.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { contentDisposition } from "../content-disposition.ts";
import { type Answer, json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import { createSlots } from "../stream-slots.ts";

const unknown = () => new HttpError(404, "NOT_FOUND", "There is no such graph or template, or no such revision of it.");
const files = {
  200: { says: "The file: JSON, or a zip with everything it needs.", type: "application/json" },
  404: { says: "There is no such graph or template." },
  422: { says: "It holds what looks like a secret; node and field are named, and nothing is exported." },
};

/** Graphs and templates as files, and back. */
export function bundleRoutes({ studio }: { studio: Studio }): Route[] {
  // A bundle is in memory while it is read.
  const imports = createSlots({ perCaller: 2, perProcess: 2, what: "imports" });
  const exported = (of: ExportWish["of"]): Route =>
    route({
      method: "GET",
      path: `/api/${of}s/:id/export`,
      summary: `A ${of} as one JSON file, or as a zip with its pictures and sheets (?as=zip).`,
      query: ExportQuery,
      answers: files,
      async handle({ params, query }) {
        const wish = { of, id: params.id ?? "", revision: query.revision };
        return query.as === "zip"
          ? asFile(await studio.bundles.exportZip(wish), "application/zip")
          : asFile(await studio.bundles.exportText(wish), "application/json");
      },
    });
  return [
    exported("graph"),
    exported("template"),
    route({
      method: "POST",
      path: "/api/imports",
      summary:
        "Makes a draft graph of graph or template JSON, a bundle, or a PNG that carries a graph. Starts nothing.",
      raw: ["application/json", "application/zip", "application/octet-stream", "image/png"],
      answers: {
        201: { says: "Imported, and what was left out.", schema: Imported },
        413: { says: "Too large." },
        422: { says: "Not a file that can be imported; nothing was stored." },
      },
      async handle({ bytes, caller }) {
        const giveBack = imports.take(caller.name);
        try {
          const made = await studio.bundles.importBytes(await bytes(LIMITS.bundleBytes));
          return json(201, made, { location: `/api/graphs/${encodeURIComponent(made.graphId)}` });
        } finally {
          giveBack();
        }
      },
    }),
    route({
      method: "GET",
      path: "/api/graphs/:id/contacts",
      summary: "Whom runs of a graph contact on their own account, and whether that was allowed.",
      answers: { 200: { says: "The hosts.", schema: Contacts }, 404: { says: "There is no such graph." } },
      async handle({ params }) {
        const found = await studio.bundles.contacts(params.id ?? "");
        if (!found) throw unknown();
        return json(200, found);
      },
    }),
    route({
      method: "POST",
      path: "/api/graphs/:id/contacts/allow",
      summary: "Lets runs of an imported graph contact the hosts it names.",
      answers: { 200: { says: "Allowed.", schema: Contacts }, 404: { says: "There is no such graph." } },
      async handle({ params }) {
        const found = await studio.bundles.allowContacts(params.id ?? "");
        if (!found) throw unknown();
        return json(200, found);
      },
    }),
  ];
}

function asFile(
  file: { name: string; text?: string; bytes?: AsyncIterable<Uint8Array> } | undefined,
  type: string,
): Answer {
  if (!file) throw unknown();
  return {
    status: 200,
    headers: { "content-type": type, "content-disposition": contentDisposition("attachment", file.name) },
    body: file.text ?? file.bytes,
  };
}
