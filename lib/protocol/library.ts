import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { parseSheetRef, sheetIdOf } from "./sheet-ref.ts";
import { AssetId } from "./values.ts";

/** Letters and digits of any script in lower case, single hyphens between them. */
export const SheetId = z
  .string()
  .max(64)
  .refine((id) => id !== "" && sheetIdOf(id) === id, "an id holds letters, digits and single hyphens, in lower case");
export const SheetVersion = z.int().min(1).max(999_999_999);
const Version = z.coerce.number().int().min(1).max(999_999_999);

/** `id@version` is pinned, `id` follows the newest version. */
export const SheetRefText = z
  .string()
  .max(120)
  .refine(
    (text) => parseSheetRef(text) !== undefined,
    "a sheet is named like house-style@3, or house-style for the newest",
  );

/** A picture that shows what the sheet means. `send`: it goes out with the sheet as a reference; the others are for people. */
export const SheetSample = z.strictObject({
  asset: AssetId,
  width: z.int().positive(),
  height: z.int().positive(),
  mediaType: z.string().max(100),
  role: z.string().max(40).optional(),
  note: z.string().max(1000).optional(),
  send: z.boolean().default(false),
});
export type SheetSample = z.infer<typeof SheetSample>;

const Name = z.string().trim().min(1, "a sheet needs a name").max(120);
const Tags = z.array(z.string().trim().min(1).max(40)).max(20);
const Text = z.string().max(LIMITS.promptChars);
const Samples = z.array(SheetSample).max(16, "at most 16 sample pictures");
const Note = z.string().max(2000);

/** Where a version came from, when the model wrote it from a conversation. */
export const SheetOrigin = z.strictObject({
  runId: z.string().max(100).optional(),
  responseId: z.string().max(200).optional(),
  asset: AssetId.optional(),
});
export type SheetOrigin = z.infer<typeof SheetOrigin>;

/** What a version of a sheet holds; versions never change. */
export const SheetContent = z.strictObject({
  text: Text,
  extends: SheetRefText.optional(),
  samples: Samples.default([]),
});
export type SheetContent = z.infer<typeof SheetContent>;

/** `POST /api/sheets` and `PUT /api/sheets/:id`: what the sheet is to be. Another text, parent or samples make a new version. */
export const SheetDraft = z.strictObject({
  name: Name,
  text: Text,
  extends: SheetRefText.optional(),
  samples: Samples.default([]),
  tags: Tags.default([]),
  note: Note.optional().meta({ description: "What is new in this version." }),
  madeFrom: SheetOrigin.optional(),
});
export type SheetDraft = z.infer<typeof SheetDraft>;

/** One version without its words. */
export const SheetVersionSummary = z.object({
  version: SheetVersion,
  note: z.string().optional(),
  extends: z.string().optional(),
  hash: z.string(),
  characters: z.int(),
  samples: z.int(),
  madeFrom: SheetOrigin.optional(),
  createdAt: z.number(),
});
export type SheetVersionSummary = z.infer<typeof SheetVersionSummary>;
export const SheetVersionList = z.object({ versions: z.array(SheetVersionSummary), next: z.int().optional() });

/** A sheet as a list shows it; `newest` is its newest version, whose samples and first words these are. */
export const SheetSummary = z.object({
  id: z.string(),
  name: z.string(),
  newest: SheetVersion,
  tags: z.array(z.string()),
  archived: z.boolean(),
  extends: z.string().optional(),
  opening: z.string(),
  samples: z.array(SheetSample),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type SheetSummary = z.infer<typeof SheetSummary>;
export const SheetList = z.object({
  sheets: z.array(SheetSummary),
  tags: z.array(z.string()),
  next: z.string().optional(),
});
export type SheetList = z.infer<typeof SheetList>;

/** One step of the chain of sheets behind a sheet, the sheet itself first. */
export const ChainLink = z.object({ id: z.string(), name: z.string(), version: SheetVersion, follows: z.boolean() });
export type ChainLink = z.infer<typeof ChainLink>;

/** A sheet as it is sent: its own sections over those of the sheets it extends. `hash` covers text and sent samples. */
export const EffectiveSheet = z.object({
  text: z.string(),
  hash: z.string(),
  samples: z.array(SheetSample),
  sections: z.array(
    z.object({ title: z.string(), text: z.string(), from: z.enum(["parent", "own", "replaced", "both"]) }),
  ),
  chain: z.array(ChainLink),
});
export type EffectiveSheet = z.infer<typeof EffectiveSheet>;

/** `GET /api/sheets/:id`: one version of a sheet in full. `effective` is absent when a sheet behind it is missing: `broken` says which. */
export const Sheet = SheetSummary.omit({ opening: true }).extend({
  etag: z.string(),
  version: SheetVersion,
  text: z.string(),
  note: z.string().optional(),
  hash: z.string(),
  madeFrom: SheetOrigin.optional(),
  versionAt: z.number(),
  effective: EffectiveSheet.optional(),
  broken: z.string().optional(),
});
export type Sheet = z.infer<typeof Sheet>;

/** Which sheet a setting of a node led to. `hash` names the words and samples, whatever version they are called. */
export const SheetUse = z.object({
  nodeId: z.string(),
  field: z.string(),
  ref: z.string(),
  id: z.string(),
  name: z.string().optional(),
  version: SheetVersion,
  hash: z.string(),
  follows: z.boolean(),
  /** The sheets behind it, as `id@version`. */
  extends: z.array(z.string()).optional(),
});
export type SheetUse = z.infer<typeof SheetUse>;

/** The same now, with the newest version there is: above `version`, an update is to be had. */
export const SheetUseNow = SheetUse.extend({ newest: SheetVersion });
export type SheetUseNow = z.infer<typeof SheetUseNow>;

/** A graph that uses a sheet, how it names it, and by which nodes. `template` when it is a published revision. */
export const SheetUser = z.object({
  graphId: z.string(),
  name: z.string(),
  refs: z.array(z.string()),
  nodes: z.int(),
  template: z.int().optional(),
});
export const SheetUserList = z.object({
  graphs: z.array(SheetUser),
  sheets: z.array(z.object({ id: z.string(), name: z.string(), ref: z.string() })),
});
export type SheetUserList = z.infer<typeof SheetUserList>;

export const SheetsQuery = z.strictObject({
  q: z.string().max(500).optional(),
  tag: z.string().max(40).optional(),
  archived: z.enum(["true", "false"]).optional().meta({ description: "true: only what was put away." }),
  limit: z.coerce.number().int().min(1).max(LIMITS.listPage).default(50),
  before: z.string().min(1).max(200).optional(),
});
export const SheetQuery = z.strictObject({ version: Version.optional() });
export const SheetVersionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMITS.listPage).default(50),
  before: Version.optional(),
});
export const SheetBack = z.strictObject({ version: SheetVersion, note: Note.optional() });
export const SheetArchived = z.strictObject({ archived: z.boolean() });
/** `POST /api/sheets/preview`: words that need not be saved; `id` = the sheet they would become a version of. */
export const SheetPreview = z.strictObject({
  text: Text,
  extends: SheetRefText.optional(),
  samples: Samples.default([]),
  id: SheetId.optional(),
});
export type SheetPreview = z.input<typeof SheetPreview>;
export const SheetExportQuery = z.strictObject({
  version: Version.optional(),
  as: z.enum(["json", "zip"]).default("json"),
});
export const SheetImportQuery = z.strictObject({
  replace: z.enum(["true", "false"]).optional().meta({
    description: "true: a sheet of the same name gets a new version, instead of a second sheet beside it.",
  }),
});

/** A conversation to write a sheet from: a picture and, where it has a thread, the turn it came from. */
export const DistilBody = z.strictObject({
  asset: AssetId,
  responseId: z.string().min(1).max(200).optional(),
  title: z.string().max(120).optional(),
  budgetUsd: z.number().min(0).max(1_000_000).nullable().optional(),
});
export type DistilBody = z.infer<typeof DistilBody>;
/** What it would cost at most; `cached`: it was written before, so that it costs nothing. */
export const DistilPrice = z.object({
  costUsd: z.number(),
  calls: z.int(),
  cached: z.boolean(),
  simulated: z.boolean(),
});
export type DistilPrice = z.infer<typeof DistilPrice>;
