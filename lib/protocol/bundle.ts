import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { Problem } from "./problems.ts";
import { FormLayout } from "./templates.ts";
import { AssetId } from "./values.ts";

/** A template as one JSON file, and `template.json` in a bundle. The graph is read by `readGraph`, which knows its older versions. */
export const TemplateFile = z.strictObject({
  format: z.literal("throughline/template"),
  version: z.literal(1),
  graph: z.unknown(),
  form: FormLayout.default({ groups: [] }),
  cover: AssetId.optional(),
  description: z.string().max(2000).default(""),
  notes: z.string().max(10_000).default(""),
});
export type TemplateFile = z.infer<typeof TemplateFile>;

export const BUNDLE_ROLES = ["graph", "template", "asset", "sheet", "table"] as const;

/** One file of a bundle. `sha256` is of its bytes, 64 hex digits; `ref` is what documents call it. */
export const BundleFile = z.strictObject({
  name: z.string().min(1).max(1000),
  role: z.enum(BUNDLE_ROLES),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string().max(200).optional(),
  ref: z.string().max(300).optional(),
});
export type BundleFile = z.infer<typeof BundleFile>;

/** `manifest.json` of a bundle. */
export const BundleManifest = z.strictObject({
  format: z.literal("throughline/bundle"),
  version: z.literal(1),
  name: z.string().max(300),
  files: z.array(BundleFile).max(LIMITS.zipEntries),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

export const ExportQuery = z.strictObject({
  as: z.enum(["json", "zip"]).default("json"),
  revision: z.coerce.number().int().min(1).optional(),
});

/** What an import made: a draft graph, and nothing that runs by itself. */
export const Imported = z.object({
  graphId: z.string(),
  name: z.string(),
  revision: z.int(),
  /** Pictures that came along and are stored now. */
  assets: z.int(),
  sheets: z.int(),
  /** The table that came along, as CSV. */
  table: AssetId.optional(),
  /** Hosts its runs would reach: asked about before the first one. */
  contacts: z.array(z.string()),
  /** What was left out or switched off, and why. */
  warnings: z.array(Problem),
});
export type Imported = z.infer<typeof Imported>;

/** `GET /api/graphs/:id/contacts`: whether runs of this graph wait for a person's yes, and for which hosts. */
export const Contacts = z.object({ hosts: z.array(z.string()), allowed: z.boolean() });
export type Contacts = z.infer<typeof Contacts>;
