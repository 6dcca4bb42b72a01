import * as z from "zod";
import { SheetUse } from "./library.ts";
import { TemplateRef } from "./templates.ts";
import { AssetId, Provenance, Turn, VerdictValue } from "./values.ts";

/** One paid request behind a picture, as the ledger keeps it: words, ids, settings and money; never pixels or keys. */
export const RecordCall = z.looseObject({
  key: z.string(),
  nodeId: z.string(),
  pass: z.int(),
  item: z.int(),
  runId: z.string(),
  state: z.string(),
  lane: z.string(),
  /** As asked for; `given.model` is the snapshot that answered. */
  model: z.string(),
  responseId: z.string().optional(),
  requestId: z.string().optional(),
  costUsd: z.number(),
  estimated: z.boolean().optional(),
  simulated: z.boolean().optional(),
  /** What was sent: prompt, instructions, pictures by hash, settings. */
  sent: z.record(z.string(), z.unknown()),
  /** What came back: model snapshot, usage, pictures with revised prompts and actual settings. */
  given: z.record(z.string(), z.unknown()).optional(),
  createdAt: z.number(),
});
export type RecordCall = z.infer<typeof RecordCall>;

/** A picture on the way from references to the final one. `parents` are older places of the same list. */
export const LineagePicture = z.looseObject({
  asset: AssetId,
  parents: z.array(AssetId),
  /** The node that made it or brought it in, and in which pass. */
  node: z.object({ id: z.string(), title: z.string(), type: z.string() }).optional(),
  pass: z.int().optional(),
  item: z.int().optional(),
  /** The nodes it passed through unchanged afterwards, in order. */
  through: z.array(z.string()).optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  mediaType: z.string().optional(),
  role: z.string().optional(),
  note: z.string().optional(),
  label: z.string().optional(),
  turn: Turn.optional(),
  /** It continues the conversation of this parent. */
  continues: AssetId.optional(),
  made: Provenance.optional(),
});
export type LineagePicture = z.infer<typeof LineagePicture>;

/** A person's decision the picture went through: remaking it decides the same way. */
export const RecordAnswer = z.object({
  nodeId: z.string(),
  pass: z.int().min(0),
  answer: z.unknown(),
  /** The items that waited for it. */
  items: z.array(z.int().min(0)),
  by: z.string().optional(),
  at: z.number().optional(),
});
export type RecordAnswer = z.infer<typeof RecordAnswer>;

/** A spec sheet as it was sent. `ref` is its place in the library, as `name@version`. */
export const RecordSheet = z.object({
  name: z.string().optional(),
  ref: z.string().optional(),
  hash: z.string(),
  text: z.string(),
});
export type RecordSheet = z.infer<typeof RecordSheet>;

/**
 * The companion record of an archive entry: enough to find, explain and remake it. Loose on purpose: records of earlier editions have less, those of
 * later ones more, and nothing of either is lost.
 */
export const EntryRecord = z.looseObject({
  format: z.literal("throughline/entry"),
  version: z.int(),
  asset: AssetId,
  extension: z.string(),
  sidecar: z.boolean().optional(),
  label: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  /** `revision` is the hash of the document that ran; `saved` the saved revision with that hash, where there is one. */
  graph: z.looseObject({ id: z.string(), name: z.string(), revision: z.string(), saved: z.int().optional() }),
  template: TemplateRef.optional(),
  batch: z.object({ id: z.string(), row: z.int().optional() }).optional(),
  run: z.looseObject({
    id: z.string(),
    inputs: z.record(z.string(), z.unknown()),
    to: z.array(z.string()).optional(),
    /** Takes this run was asked for, over those of the document. */
    takes: z.record(z.string(), z.int()).optional(),
    /** The graphs that stood for nodes, by `id@revision`, as hashes; the sheets of the library it was started with. */
    links: z.record(z.string(), z.string()).optional(),
    sheets: z.array(SheetUse).optional(),
    createdAt: z.number().optional(),
  }),
  node: z.looseObject({ id: z.string(), title: z.string(), type: z.string() }),
  /** The takes that counted, by node; nodes at take 1 are left out. */
  takes: z.record(z.string(), z.int()).optional(),
  made: Provenance.optional(),
  turn: Turn.optional(),
  sheets: z.array(RecordSheet).optional(),
  verdicts: z.array(VerdictValue).optional(),
  answers: z.array(RecordAnswer).optional(),
  calls: z.array(RecordCall).optional(),
  /** USD: this picture's own share, and everything behind it. */
  costs: z.object({ pictureUsd: z.number().optional(), totalUsd: z.number() }).optional(),
  /** From the references to the final picture, oldest first. */
  lineage: z.array(LineagePicture).optional(),
  simulated: z.boolean().optional(),
  /** The entry this one was made again from. */
  remakes: z.string().optional(),
});
export type EntryRecord = z.infer<typeof EntryRecord>;
