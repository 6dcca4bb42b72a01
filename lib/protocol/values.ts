import * as z from "zod";

/** Name of immutable bytes: `sha256:` and 64 lower-case hex digits. */
export const AssetId = z.string().regex(/^sha256:[0-9a-f]{64}$/, "an asset is written sha256:<64 hex digits>");
export type AssetId = z.infer<typeof AssetId>;

/** The kinds of values an edge can carry. `any` is a port's wish, never a value's kind. */
export const KINDS = [
  "text",
  "number",
  "image",
  "mask",
  "spec",
  "thread",
  "verdict",
  "revision",
  "record",
  "file",
] as const;
export type Kind = (typeof KINDS)[number];
export type PortKind = Kind | "any";

/** One model response in a visual conversation. `asset` is the picture that turn drew (absent for a text turn). */
export const Turn = z.object({
  responseId: z.string(),
  callId: z.string().optional(),
  asset: AssetId.optional(),
  specHash: z.string().optional(),
  depth: z.int().min(1),
  provider: z.string(),
  createdAt: z.number(),
  /** What the conversation up to here comes to when it is continued: tokens that are read again, pixels of its largest picture. */
  seen: z.object({ tokens: z.int().min(0), pixels: z.int().min(0) }).optional(),
});
export type Turn = z.infer<typeof Turn>;

/** One version of a sheet of the library. */
const SheetVersionRef = z.object({ id: z.string(), version: z.int() });

/** How a value came to be; kept for people and for the archive, never part of a cache key. */
export const Provenance = z.object({
  by: z.enum(["model", "local", "upload"]),
  node: z.string().optional(),
  type: z.string().optional(),
  run: z.string().optional(),
  parents: z.array(AssetId).optional(),
  simulated: z.boolean().optional(),
  rehydrated: z.boolean().optional(),
  lane: z.enum(["conversation", "oneshot"]).optional(),
  model: z.string().optional(),
  imageModel: z.string().optional(),
  prompt: z.string().optional(),
  revisedPrompt: z.string().optional(),
  spec: z
    .object({
      name: z.string().optional(),
      hash: z.string(),
      text: z.string(),
      /** The version of the library's sheet it was taken from. */
      sheet: SheetVersionRef.optional(),
    })
    .optional(),
  asked: z.record(z.string(), z.unknown()).optional(),
  given: z.record(z.string(), z.unknown()).optional(),
  usage: z.record(z.string(), z.unknown()).optional(),
  costUsd: z.number().optional(),
  responseId: z.string().optional(),
  callId: z.string().optional(),
  requestId: z.string().optional(),
  extraAssets: z.array(AssetId).optional(),
  /** What the last strict lock behind this picture measured: share of the pixels outside mask and feather that the model had changed, 0–1. */
  drift: z.number().min(0).max(1).optional(),
  steps: z.array(z.object({ op: z.string(), params: z.record(z.string(), z.unknown()) })).optional(),
});
export type Provenance = z.infer<typeof Provenance>;

export const VerdictValue = z.object({
  kind: z.literal("verdict"),
  /** The picture that was judged. */
  of: AssetId.optional(),
  score: z.number(),
  passed: z.boolean(),
  decision: z.enum(["pass", "iterate", "restart", "reject"]),
  checks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      score: z.number(),
      passed: z.boolean(),
      reason: z.string(),
      /** A line without which nothing passes, whatever the score. */
      must: z.boolean().optional(),
      box: z.array(z.number()).optional(),
    }),
  ),
  notes: z.string(),
  model: z.string().optional(),
  costUsd: z.number().optional(),
});
export type VerdictValue = z.infer<typeof VerdictValue>;

export const ImageValue = z.object({
  kind: z.literal("image"),
  asset: AssetId,
  width: z.int().positive(),
  height: z.int().positive(),
  mediaType: z.string(),
  turn: Turn.optional(),
  label: z.string().optional(),
  role: z.string().optional(),
  note: z.string().optional(),
  /** The marks that were drawn into `asset`, alone on a transparent layer of the same size. */
  markup: AssetId.optional(),
  /** The same picture without those marks; only where the layer lies exactly over it. */
  unmarked: AssetId.optional(),
  /** What gates found of it and of what it was made from by local work, oldest first; never part of a cache key. */
  verdicts: z.array(VerdictValue).optional(),
  made: Provenance,
});
export type ImageValue = z.infer<typeof ImageValue>;

export const TextValue = z.object({ kind: z.literal("text"), text: z.string() });
export type TextValue = z.infer<typeof TextValue>;
export const NumberValue = z.object({ kind: z.literal("number"), number: z.number() });
export type NumberValue = z.infer<typeof NumberValue>;

/** A mask's asset is an 8-bit greyscale PNG: 255 = the part to change, 0 = keep. */
export const MaskValue = z.object({
  kind: z.literal("mask"),
  asset: AssetId,
  width: z.int().positive(),
  height: z.int().positive(),
});
export type MaskValue = z.infer<typeof MaskValue>;

/** A reusable system prompt with sample images. `hash` covers the text only. */
export const SpecValue = z.object({
  kind: z.literal("spec"),
  name: z.string(),
  text: z.string(),
  hash: z.string(),
  samples: z.array(ImageValue).optional(),
  /** The sheet of the library it was taken from; never part of a cache key. */
  sheet: SheetVersionRef.optional(),
});
export type SpecValue = z.infer<typeof SpecValue>;

export const ThreadValue = z.object({ kind: z.literal("thread"), turn: Turn, text: z.string().optional() });
export type ThreadValue = z.infer<typeof ThreadValue>;

export const RevisionValue = z.object({
  kind: z.literal("revision"),
  image: ImageValue,
  notes: z.string(),
  mode: z.enum(["iterate", "restart"]),
});
export type RevisionValue = z.infer<typeof RevisionValue>;

export const RecordValue = z.object({ kind: z.literal("record"), record: z.record(z.string(), z.unknown()) });
export type RecordValue = z.infer<typeof RecordValue>;

export const FileValue = z.object({
  kind: z.literal("file"),
  asset: AssetId,
  mediaType: z.string(),
  bytes: z.int().nonnegative(),
  extension: z.string(),
  label: z.string().optional(),
  image: ImageValue.optional(),
});
export type FileValue = z.infer<typeof FileValue>;

export const Value = z.discriminatedUnion("kind", [
  TextValue,
  NumberValue,
  ImageValue,
  MaskValue,
  SpecValue,
  ThreadValue,
  VerdictValue,
  RevisionValue,
  RecordValue,
  FileValue,
]);
export type Value = z.infer<typeof Value>;

/** The value type behind each kind; ports infer `run`'s arguments from it. */
export type ValueOf = {
  text: TextValue;
  number: NumberValue;
  image: ImageValue;
  mask: MaskValue;
  spec: SpecValue;
  thread: ThreadValue;
  verdict: VerdictValue;
  revision: RevisionValue;
  record: RecordValue;
  file: FileValue;
  any: Value;
};

/** What leaves a step: for each output port that fired, the ordered list of its values. */
export type Outputs = Record<string, Value[]>;
