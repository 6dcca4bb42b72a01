import * as z from "zod";
import { Graph } from "./graph.ts";
import { LIMITS } from "./limits.ts";
import { AssetId } from "./values.ts";

/** `original`: the stored bytes, never touched. `zip`: the original with its record and a manifest of checksums. */
export const EXPORT_FORMATS = ["original", "png", "jpeg", "webp", "psd", "zip"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Formats that are written anew, and so can carry a description, a signature and (PNG) a graph. */
export const isWrittenAnew = (format: ExportFormat): format is "png" | "jpeg" | "webp" =>
  format === "png" || format === "jpeg" || format === "webp";

/** `keep`: what the original carries goes along, signed anew where pixels are written anew; `sign`: sign in any case; `strip`: none. */
export const CREDENTIAL_WISHES = ["keep", "sign", "strip"] as const;

const size = z.int().min(16).max(LIMITS.sidePixels).optional().meta({
  description: "Longest side in pixels, where the picture is larger; pictures are never enlarged.",
});
const quality = z.int().min(1).max(100).default(90).meta({ description: "Of JPEG and WebP." });
const credentials = z.enum(CREDENTIAL_WISHES).default("keep").meta({ description: "Content credentials (C2PA)." });

/** How pictures leave. Only `png`, `jpeg` and `webp` look at anything but `as`. */
export const ExportOptions = z.strictObject({
  as: z.enum(EXPORT_FORMATS).default("original"),
  size,
  quality,
  metadata: z.boolean().default(true).meta({ description: "Title, alt text and how it was made, as XMP." }),
  credentials,
  graph: z
    .boolean()
    .default(false)
    .meta({ description: "PNG only: the graph that made it, so that dropping the picture opens it." }),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

/** The same in an address. `asset` names a picture of a run; entries have only one. */
export const ExportQuery = z.strictObject({
  ...ExportOptions.shape,
  size: z.coerce.number().pipe(z.int().min(16).max(LIMITS.sidePixels)).optional(),
  quality: z.coerce.number().pipe(z.int().min(1).max(100)).default(90),
  metadata: z.stringbool().default(true),
  graph: z.stringbool().default(false),
});
export const RunExportQuery = ExportQuery.extend({
  asset: AssetId.optional().meta({ description: "One picture of the run; left out: a zip of all its final pictures." }),
});

/** A picture that a step of a run gave or was given. */
export const RunPicture = z.strictObject({ run: z.string().min(1).max(100), asset: AssetId });
export type RunPicture = z.infer<typeof RunPicture>;

/** What is to be exported: archive entries by id, pictures of runs, and all final pictures of a run. */
export const ExportWhat = z.strictObject({
  entries: z.array(z.string().min(1).max(100)).max(LIMITS.exportFiles).default([]),
  pictures: z.array(RunPicture).max(LIMITS.exportFiles).default([]),
  run: z.string().min(1).max(100).optional(),
});
export type ExportWhat = z.infer<typeof ExportWhat>;

/** `POST /api/exports`: always answered with a zip. */
export const ExportsBody = z.strictObject({ ...ExportWhat.shape, ...ExportOptions.shape });

export const CREDENTIAL_STATES = ["none", "kept", "signed", "signed-test", "lost", "stripped"] as const;
/** What became of the content credentials, as a word for programs and a sentence for people. */
export const CredentialState = z.object({ state: z.enum(CREDENTIAL_STATES), says: z.string() });
export type CredentialState = z.infer<typeof CredentialState>;

/** The names IPTC has for how a picture came to be that this product can say; absent: it does not know. */
export const SOURCE_TYPES = [
  "trainedAlgorithmicMedia",
  "compositeWithTrainedAlgorithmicMedia",
  "algorithmicMedia",
  "compositeSynthetic",
] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** `POST /api/exports/look`: what an export could carry, before it is made. */
export const ExportLook = z.object({
  files: z.int(),
  pictures: z.int().meta({ description: "How many of them are pictures that can be written in another format." }),
  bytes: z.int().meta({ description: "Of the originals together." }),
  credentials: z.int().meta({ description: "How many originals carry content credentials." }),
  simulated: z.int(),
  signer: z.object({ kind: z.enum(["own", "test"]), says: z.string() }),
});
export type ExportLook = z.infer<typeof ExportLook>;

/** `manifest.json` of an exported zip. */
export const ExportManifest = z.object({
  format: z.literal("throughline/export"),
  version: z.literal(1),
  createdAt: z.string(),
  as: z.enum(EXPORT_FORMATS),
  files: z.array(
    z.object({
      name: z.string(),
      sha256: z.string(),
      bytes: z.int(),
      mediaType: z.string(),
      /** The companion record's name in the zip, where there is one. */
      record: z.string().optional(),
      entry: z.string().optional(),
      asset: AssetId.optional(),
      sourceType: z.enum(SOURCE_TYPES).optional(),
      credentials: CredentialState.optional(),
    }),
  ),
  /** What could not be written, and why. */
  missing: z.array(z.object({ what: z.string(), code: z.string(), message: z.string() })),
});
export type ExportManifest = z.infer<typeof ExportManifest>;

/** `POST /api/graphs/from-picture`: the graph a PNG carries, with what was kept of how the picture was made. */
export const GraphFromPicture = z.object({
  graph: Graph,
  made: z.object({ asset: AssetId.optional(), graphHash: z.string().optional(), models: z.array(z.string()) }),
});
export type GraphFromPicture = z.infer<typeof GraphFromPicture>;
