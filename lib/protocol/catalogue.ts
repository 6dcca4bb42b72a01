import * as z from "zod";
import { EntryRecord } from "./entry-record.ts";
import { Graph } from "./graph.ts";
import { PageSize } from "./http.ts";
import { Problem } from "./problems.ts";
import { AssetId } from "./values.ts";

/** Most entries one request may change, most tags of one entry. */
export const MOST_CHANGED = 500;
export const MOST_TAGS = 50;

const Name = z.string().trim().min(1).max(200);
const Tag = z.string().trim().min(1).max(100);
const flag = z.stringbool({ truthy: ["true"], falsy: ["false"] });
/** `collection=` with nothing: those in none. */
const OrNone = (max: number) => z.string().max(max).optional();

/** What a search looks for; every part that is there must hold. Several tags: all of them. */
const filter = {
  q: z.string().max(16_384).optional().meta({
    description: 'Words of prompts, titles, alt texts, tags, inputs, names. The last may be begun; "…" is a phrase.',
  }),
  graph: OrNone(100),
  template: OrNone(100),
  model: OrNone(200),
  verdict: z.enum(["pass", "iterate", "restart", "reject", "none"]).optional(),
  collection: OrNone(200),
  tag: z.string().max(2000).optional().meta({ description: "Several: one per line (%0A); all of them." }),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/, "a month is written 2026-11")
    .optional(),
  from: z.coerce.number().min(0).optional().meta({ description: "Archived at or after, epoch ms." }),
  to: z.coerce.number().min(0).optional().meta({ description: "Archived before, epoch ms." }),
  simulated: flag.optional(),
  starred: flag.optional(),
  deleted: flag.optional().meta({ description: "true: only what was put into the bin." }),
  runId: z.string().max(100).optional(),
  batch: z.string().max(100).optional(),
  asset: AssetId.optional(),
};

export const CatalogueQuery = z.strictObject({
  ...filter,
  order: z
    .enum(["newest", "best"])
    .default("newest")
    .meta({ description: "best: how well the words fit; without words the newest first." }),
  view: z.enum(["full", "card"]).default("full").meta({ description: "card: without the records." }),
  limit: PageSize,
  before: z.string().min(1).max(200).optional().meta({ description: "`next` of the page before." }),
});
export type CatalogueQuery = z.output<typeof CatalogueQuery>;
export const FacetQuery = z.strictObject(filter);
export type FacetQuery = z.output<typeof FacetQuery>;

/** An entry as a shelf shows it. Title, alt text, tags, collection and star are what people made of it since it was archived. */
export const EntryCard = z.object({
  id: z.string(),
  runId: z.string(),
  nodeId: z.string(),
  name: z.string(),
  asset: AssetId,
  mediaType: z.string(),
  width: z.int().optional(),
  height: z.int().optional(),
  collection: z.string().optional(),
  title: z.string().optional(),
  alt: z.string().optional(),
  tags: z.array(z.string()),
  graphId: z.string(),
  graphName: z.string(),
  template: z.string().optional(),
  batch: z.string().optional(),
  model: z.string().optional(),
  verdict: z.enum(["pass", "iterate", "restart", "reject"]).optional(),
  score: z.number().optional(),
  simulated: z.boolean(),
  starred: z.boolean(),
  /** Epoch ms; only in the bin. */
  deletedAt: z.number().optional(),
  createdAt: z.number(),
});
export type EntryCard = z.infer<typeof EntryCard>;

/** An entry with its companion record. Records of imported or earlier editions may lack parts. */
export const CatalogueEntry = EntryCard.extend({ record: EntryRecord.or(z.record(z.string(), z.unknown())) });
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;
export const CataloguePage = z.object({
  entries: z.array(EntryCard.extend({ record: z.record(z.string(), z.unknown()).optional() })),
  next: z.string().optional(),
});
export type CataloguePage = z.infer<typeof CataloguePage>;

export const FACETS = [
  "graph",
  "template",
  "model",
  "verdict",
  "collection",
  "tag",
  "month",
  "simulated",
  "starred",
] as const;
export type FacetName = (typeof FACETS)[number];

/** What there is of a facet in what was found, the other facets heeded. `value` is what the query wants; `title` what people read. */
export const FacetValue = z.object({ value: z.string(), title: z.string().optional(), count: z.int() });
export type FacetValue = z.infer<typeof FacetValue>;
/** `capped`: there are more than were counted; the numbers are of the first of them. */
export const Facets = z.object({
  total: z.int(),
  capped: z.boolean().optional(),
  facets: z.record(z.enum(FACETS), z.array(FacetValue)),
});
export type Facets = z.infer<typeof Facets>;

/** What people may say of entries. Null takes it away. `addTags` and `removeTags` leave the others alone. */
export const EntryChange = z.strictObject({
  title: z.string().trim().max(300).nullable().optional(),
  alt: z.string().trim().max(5000).nullable().optional(),
  tags: z.array(Tag).max(MOST_TAGS).optional(),
  addTags: z.array(Tag).max(MOST_TAGS).optional(),
  removeTags: z.array(Tag).max(MOST_TAGS).optional(),
  collection: Name.nullable().optional(),
  starred: z.boolean().optional(),
  /** True puts it into the bin, false takes it out again. */
  deleted: z.boolean().optional(),
});
export type EntryChange = z.output<typeof EntryChange>;
export const ChangeEntriesBody = z.strictObject({
  ids: z.array(z.string().min(1).max(100)).min(1).max(MOST_CHANGED),
  change: EntryChange,
});
export const EntriesChanged = z.object({ changed: z.int() });

export const CollectionInfo = z.object({ name: z.string(), count: z.int(), cover: AssetId.optional() });
export type CollectionInfo = z.infer<typeof CollectionInfo>;
export const CollectionList = z.object({ collections: z.array(CollectionInfo) });
export const CollectionBody = z.strictObject({ name: Name });
/** Renaming onto another collection joins the two. */
export const RenameCollectionBody = z.strictObject({ from: Name, to: Name });

/** `POST /api/archive/:id/remake` and `…/similar`. `anyway`: also where another provider draws than the one that drew it. */
export const RemakeBody = z.strictObject({
  budgetUsd: z.number().min(0).max(1_000_000).nullable().optional(),
  anyway: z.boolean().default(false),
});
export type RemakeBody = z.output<typeof RemakeBody>;
export const RemakeStarted = z.object({ runId: z.string(), takes: z.record(z.string(), z.int()).optional() });

/**
 * `GET /api/archive/:id/graph`: the document that made the entry, with the run's inputs as defaults and its takes; with `similar` one more take of
 * the last node that drew.
 */
export const EntryGraphQuery = z.strictObject({ similar: flag.optional() });
export const EntryGraph = z.object({
  graph: Graph,
  /** The node that drew it last, where it is known. */
  drawnBy: z.string().optional(),
  problems: z.array(Problem),
});
export type EntryGraph = z.infer<typeof EntryGraph>;

/** `GET /api/archive/:id/bundle`. */
export const BundleQuery = z.strictObject({ cache: flag.default(false) });

/** `manifest.json` of an entry's bundle. `sha256` is of each file's bytes, 64 hex digits. */
export const EntryBundle = z.strictObject({
  format: z.literal("throughline/archive-bundle"),
  version: z.literal(1),
  entry: z.string().min(1).max(100),
  /** Whether results and turns came along, so that remaking calls nobody. */
  cache: z.boolean(),
  createdAt: z.string(),
  files: z.array(
    z.strictObject({
      name: z.string().min(1).max(300),
      role: z.enum(["record", "graph", "sheet", "asset", "results", "turns"]),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type EntryBundle = z.infer<typeof EntryBundle>;
/** What the import of a bundle brought. Nothing runs by it. */
export const EntryImported = z.object({
  entryId: z.string(),
  name: z.string(),
  known: z.boolean(),
  assets: z.int(),
  results: z.int(),
});
export type EntryImported = z.infer<typeof EntryImported>;
