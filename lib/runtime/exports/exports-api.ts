import type {
  CredentialState,
  ExportLook,
  ExportManifest,
  ExportOptions,
  ExportWhat,
  GraphFromPicture,
  SourceType,
} from "../../protocol/exports.ts";
import type { AssetId } from "../../protocol/values.ts";

/** One thing to export: an archive entry, or a picture of a run. */
export type ExportSubject = { entry: string } | { run: string; asset: AssetId };

/** A finished export. `credentials` is absent where the format has no place for them and there were none. */
export type ExportedFile = {
  name: string;
  bytes: Buffer;
  mediaType: string;
  credentials: CredentialState;
  sourceType?: SourceType;
};

/** Everything that leaves the studio as files. Nothing secret can be in it: what is written is scanned, and refused on a hit. */
export type Exports = {
  /** What an export could carry. Throws StepError UNKNOWN_ENTRY, UNKNOWN_RUN, UNKNOWN_PICTURE. */
  look(what: ExportWhat): Promise<ExportLook>;
  /** One file. Throws as `look`, and StepError NOT_A_PICTURE, NO_GRAPH, SECRET_IN_EXPORT, PSD_TOO_LARGE, IMAGE_*. */
  one(subject: ExportSubject, options: ExportOptions, signal?: AbortSignal): Promise<ExportedFile>;
  /** A zip, written while it is read; files that cannot be made are named in its manifest. Throws as `look`, before anything is written. */
  many(what: ExportWhat, options: ExportOptions): Promise<{ name: string; chunks: AsyncIterable<Uint8Array> }>;
  /** The same below a folder of this machine; gives absolute paths. No name can leave it. Throws StepError NAME_UNSAFE for a folder that holds the product or its data. */
  toFolder(
    what: ExportWhat,
    options: ExportOptions,
    folder: string,
  ): Promise<{ files: string[]; manifest: ExportManifest }>;
  /** The graph a PNG carries. Throws StepError NO_WORKFLOW, WORKFLOW_TOO_LARGE, AMBIGUOUS_WORKFLOW, WORKFLOW_UNREADABLE, InvalidError. */
  graphInPicture(bytes: Uint8Array): GraphFromPicture;
};
