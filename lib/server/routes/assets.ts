import { AssetQuery, AssetStored, LutStored, PictureAddress } from "../../protocol/http.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { problem } from "../../protocol/problems.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { invalid } from "../http-problem.ts";
import { displayName, readForm } from "../multipart.ts";
import { hexOf, serveAsset, unknownAsset } from "../serve-asset.ts";
import type { Slots } from "../stream-slots.ts";

/** Room for the boundaries and headers of a form around its files. */
const FORM_OVERHEAD = 64 * 1024;

/** Pictures in and out. An upload is re-encoded before it is stored; bytes are named by their hash and never change. */
export const assetRoutes = ({ studio, uploads }: { studio: Studio; uploads: Slots }): Route[] => [
  route({
    method: "POST",
    path: "/api/assets",
    summary: "Stores pictures (PNG, JPEG, WebP): raw bytes, or a form with up to 16 files; 25 MiB in all.",
    raw: ["image/*", "application/octet-stream", "multipart/form-data"],
    answers: {
      201: { says: "Stored.", schema: AssetStored },
      200: { says: "These bytes were known.", schema: AssetStored },
      413: { says: "Too large." },
      422: { says: "Not a picture that can be used." },
    },
    async handle({ header, bytes, caller }) {
      const giveBack = uploads.take(caller.name);
      try {
        const type = header("content-type") ?? "";
        const form = /^multipart\/form-data\b/i.test(type);
        const body = await bytes(LIMITS.uploadBytes + (form ? FORM_OVERHEAD : 0));
        const files = form ? readForm(body, type) : [{ name: displayName(header("x-file-name") ?? ""), bytes: body }];
        if (files.length === 0) throw invalid([problem("EMPTY_FILE", "The form holds no file.")]);
        const stored = [];
        for (const file of files) {
          const { known, ...image } = await studio.upload(file.bytes);
          stored.push({ known, shown: { ...image, name: file.name } });
        }
        const first = stored[0]?.shown;
        return json(
          stored.every((s) => s.known) ? 200 : 201,
          { ...first, ...(stored.length > 1 ? { assets: stored.map((s) => s.shown) } : {}) },
          { location: `/api/assets/${first?.asset.slice(7)}` },
        );
      } finally {
        giveBack();
      }
    },
  }),
  route({
    method: "POST",
    path: "/api/assets/luts",
    summary: "Stores a look-up table (.cube) for the grade node, byte for byte; 8 MiB.",
    raw: ["text/*", "application/octet-stream"],
    answers: {
      201: { says: "Stored.", schema: LutStored },
      200: { says: "These bytes were known.", schema: LutStored },
      413: { says: "Too large." },
      422: { says: "Not a table that can be used; the line is named." },
    },
    async handle({ header, bytes, caller }) {
      const giveBack = uploads.take(caller.name);
      try {
        const { known, ...table } = await studio.uploadLut(await bytes(LIMITS.lutBytes));
        const name = displayName(header("x-file-name") ?? "");
        return json(known ? 200 : 201, { ...table, name }, { location: `/api/assets/${table.asset.slice(7)}` });
      } finally {
        giveBack();
      }
    },
  }),
  route({
    method: "POST",
    path: "/api/assets/from-url",
    summary: "Fetches a picture from the public internet and stores it.",
    body: PictureAddress,
    answers: {
      201: { says: "Stored.", schema: AssetStored },
      200: { says: "These bytes were known.", schema: AssetStored },
      422: { says: "An address that may not be fetched, or not a picture that can be used." },
    },
    async handle({ body, caller, signal }) {
      const giveBack = uploads.take(caller.name);
      try {
        const { known, ...image } = await studio.uploadFrom(body.url, signal);
        return json(known ? 200 : 201, image, { location: `/api/assets/${image.asset.slice(7)}` });
      } finally {
        giveBack();
      }
    },
  }),
  route({
    method: "GET",
    path: "/api/assets/:hash",
    summary: "The bytes, by bare hex or sha256:<hex>; ?w= gives a WebP preview.",
    query: AssetQuery,
    answers: {
      200: { says: "The bytes.", type: "image/*" },
      304: { says: "Unchanged." },
      404: { says: "There is no such asset." },
    },
    async handle({ params, query, header }) {
      const hex = hexOf(params.hash);
      if (hex === undefined) throw unknownAsset();
      return serveAsset(studio, hex, query, header);
    },
  }),
];
