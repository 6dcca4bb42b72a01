import {
  BundleQuery,
  CatalogueEntry,
  CataloguePage,
  CatalogueQuery,
  ChangeEntriesBody,
  CollectionBody,
  CollectionList,
  EntriesChanged,
  EntryChange,
  EntryGraph,
  EntryGraphQuery,
  EntryImported,
  FacetQuery,
  Facets,
  RemakeBody,
  RemakeStarted,
  RenameCollectionBody,
} from "../../protocol/catalogue.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { toMicro } from "../../protocol/money.ts";
import type { EntryFilter } from "../../runtime/archive/archive-api.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { contentDisposition } from "../content-disposition.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import { createSlots } from "../stream-slots.ts";

const unknownEntry = () => new HttpError(404, "UNKNOWN_ENTRY", "There is no such archive entry.");
const unknownCollection = () => new HttpError(404, "UNKNOWN_COLLECTION", "There is no such collection.");
const NO_ENTRY = { 404: { says: "There is no such entry." } };
const NO_COLLECTION = { 404: { says: "There is no such collection." } };

/** The words of an address as what is looked for. */
const filterOf = ({ q, tag, ...rest }: FacetQuery): EntryFilter => {
  const tags = tag
    ?.split("\n")
    .map((one) => one.trim())
    .filter(Boolean);
  return { ...rest, ...(q === undefined ? {} : { text: q }), ...(tags?.length ? { tags } : {}) };
};

/** The catalogue of finished pictures and files. */
export const archiveRoutes = ({ studio }: { studio: Pick<Studio, "catalogue"> }): Route[] => {
  // A bundle is in memory while it is read.
  const imports = createSlots({ perCaller: 2, perProcess: 2, what: "imports" });
  const { catalogue } = studio;
  return [
    route({
      method: "GET",
      path: "/api/archive",
      summary: "Finished pictures, newest first; q searches their prompts, titles, tags and inputs.",
      query: CatalogueQuery,
      answers: { 200: { says: "One page; `next` is the `before` of the page after it.", schema: CataloguePage } },
      async handle({ query: { limit, before, order, view, ...filter } }) {
        const { entries, next } = await catalogue.search(filterOf(filter), { limit, order, cursor: before });
        if (view === "card") return json(200, { entries, next });
        const records = await catalogue.records(entries.map(({ id }) => id));
        return json(200, { entries: entries.map((entry) => ({ ...entry, record: records.get(entry.id) })), next });
      },
    }),
    route({
      method: "GET",
      path: "/api/archive/facets",
      summary: "How many entries a search finds, and how they spread over graphs, models, verdicts and so on.",
      query: FacetQuery,
      answers: { 200: { says: "The counts.", schema: Facets } },
      handle: async ({ query }) => json(200, await catalogue.facets(filterOf(query))),
    }),
    route({
      method: "POST",
      path: "/api/archive/changes",
      summary: "Changes title, alt text, tags, collection, star or bin of several entries.",
      body: ChangeEntriesBody,
      answers: {
        200: { says: "How many there were.", schema: EntriesChanged },
        422: { says: "A text looks like a key." },
      },
      handle: async ({ body }) => json(200, { changed: await catalogue.change(body.ids, body.change) }),
    }),
    route({
      method: "GET",
      path: "/api/archive/collections",
      summary: "Collections, the empty ones too.",
      answers: { 200: { says: "All of them.", schema: CollectionList } },
      handle: async () => json(200, { collections: await catalogue.collections() }),
    }),
    route({
      method: "POST",
      path: "/api/archive/collections",
      summary: "Makes an empty collection.",
      body: CollectionBody,
      answers: { 201: { says: "Made." }, 200: { says: "It was there already." } },
      handle: async ({ body }) => json((await catalogue.addCollection(body.name)) ? 201 : 200, { name: body.name }),
    }),
    route({
      method: "POST",
      path: "/api/archive/collections/rename",
      summary: "Renames a collection with all that is in it; onto another one joins them.",
      body: RenameCollectionBody,
      answers: { 200: { says: "Renamed." }, ...NO_COLLECTION },
      async handle({ body: { from, to } }) {
        if (!(await catalogue.renameCollection(from, to))) throw unknownCollection();
        return json(200, { name: to });
      },
    }),
    route({
      method: "POST",
      path: "/api/archive/collections/remove",
      summary: "Takes a collection away; its entries stay, in none.",
      body: CollectionBody,
      answers: { 204: { says: "Gone." }, ...NO_COLLECTION },
      async handle({ body }) {
        if (!(await catalogue.removeCollection(body.name))) throw unknownCollection();
        return { status: 204 };
      },
    }),
    route({
      method: "POST",
      path: "/api/archive/bundles",
      summary: "Takes in the bundle of an entry. Nothing runs by it.",
      raw: ["application/zip", "application/octet-stream"],
      answers: {
        201: { says: "Taken in.", schema: EntryImported },
        200: { says: "The entry was here already.", schema: EntryImported },
        413: { says: "Too large." },
        422: { says: "It is no bundle, or not what it says." },
      },
      async handle({ bytes, caller }) {
        const giveBack = imports.take(caller.name);
        try {
          const taken = await catalogue.takeBundle(await bytes(LIMITS.bundleBytes));
          return json(taken.known ? 200 : 201, taken, {
            location: `/api/archive/${encodeURIComponent(taken.entryId)}`,
          });
        } finally {
          giveBack();
        }
      },
    }),
    route({
      method: "GET",
      path: "/api/archive/:id",
      summary: "One archive entry with everything needed to explain and remake it.",
      answers: { 200: { says: "The entry.", schema: CatalogueEntry }, ...NO_ENTRY },
      async handle({ params }) {
        const entry = await catalogue.entry(params.id ?? "");
        if (!entry) throw unknownEntry();
        return json(200, entry);
      },
    }),
    route({
      method: "PUT",
      path: "/api/archive/:id",
      summary: "Changes title, alt text, tags, collection or star of an entry; what is left out stays.",
      body: EntryChange,
      answers: { 200: { says: "The entry.", schema: CatalogueEntry }, ...NO_ENTRY },
      async handle({ params: { id = "" }, body }) {
        if ((await catalogue.change([id], body)) === 0) throw unknownEntry();
        return json(200, await catalogue.entry(id));
      },
    }),
    route({
      method: "DELETE",
      path: "/api/archive/:id",
      summary: "Puts an entry into the bin. Its bytes stay while anything names them.",
      answers: { 204: { says: "In the bin." }, ...NO_ENTRY },
      async handle({ params: { id = "" } }) {
        if ((await catalogue.change([id], { deleted: true })) === 0) throw unknownEntry();
        return { status: 204 };
      },
    }),
    route({
      method: "GET",
      path: "/api/archive/:id/graph",
      summary:
        "The document that made an entry, with its inputs and takes; ?similar=true with one more take of what drew last.",
      query: EntryGraphQuery,
      answers: { 200: { says: "The document.", schema: EntryGraph }, ...NO_ENTRY },
      async handle({ params, query }) {
        const found = await catalogue.graphOf(params.id ?? "", query);
        if (!found) throw unknownEntry();
        return json(200, found);
      },
    }),
    route({
      method: "GET",
      path: "/api/archive/:id/bundle",
      summary: "A zip with all that remaking the entry takes; ?cache=true with everything that was made on the way.",
      query: BundleQuery,
      answers: {
        200: { says: "The zip.", type: "application/zip" },
        ...NO_ENTRY,
        422: { says: "It holds what looks like a key." },
      },
      async handle({ params, query }) {
        const bundle = await catalogue.bundle(params.id ?? "", query);
        if (!bundle) throw unknownEntry();
        return {
          status: 200,
          headers: {
            "content-type": "application/zip",
            "content-disposition": contentDisposition("attachment", bundle.name),
            "cache-control": "no-store",
          },
          body: bundle.bytes,
        };
      },
    }),
    ...(["remake", "similar"] as const).map((how) =>
      route({
        method: "POST",
        path: `/api/archive/:id/${how}`,
        summary:
          how === "remake"
            ? "Runs the same revision with the same inputs, takes and decisions: what the cache has costs nothing."
            : "The same with another take of the node that drew last.",
        body: RemakeBody,
        bodyOptional: true,
        answers: {
          202: { says: "Queued.", schema: RemakeStarted },
          ...NO_ENTRY,
          422: { says: "It cannot be made here; why." },
        },
        async handle({ params, body: { budgetUsd, anyway } }) {
          const budgetMicro = budgetUsd === undefined || budgetUsd === null ? budgetUsd : toMicro(budgetUsd);
          const started = await catalogue[how](params.id ?? "", { budgetMicro, anyway });
          if (!started) throw unknownEntry();
          return json(202, started, { location: `/api/runs/${started.runId}` });
        },
      }),
    ),
  ];
};
