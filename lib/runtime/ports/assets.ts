import type { AssetId } from "../../protocol/values.ts";

export type AssetInfo = { asset: AssetId; bytes: number; mediaType: string; width?: number; height?: number };

/**
 * Immutable bytes by SHA-256. `put` returns only after the bytes are durable (fsync, rename, fsync of the folder); putting known bytes is free
 * and says `known: true`. `get` throws AssetMissing; it never returns bytes whose hash differs from the name (checked on read).
 */
export type AssetStore = {
  put(bytes: Uint8Array): Promise<{ asset: AssetId; known: boolean }>;
  get(asset: AssetId): Promise<Buffer>;
  has(asset: AssetId): Promise<boolean>;
  /** Absolute path for a local file when the store has one. */
  path(asset: AssetId): string | undefined;
  list(): AsyncIterable<{ asset: AssetId; bytes: number; modifiedAt: number }>;
  delete(asset: AssetId): Promise<void>;
  /** Removes temp files older than `olderThanMs`; returns how many. */
  sweep(olderThanMs: number): Promise<number>;
};
export class AssetMissing extends Error {
  readonly asset: string;
  constructor(asset: string, why = "is not in the store") {
    super(`Asset ${asset} ${why}.`);
    this.name = "AssetMissing";
    this.asset = asset;
  }
}

/** There is no room (or no right) to write; nothing was lost. The run rests as paused: disk. */
export class DiskFull extends Error {
  readonly code = "DISK_FULL";
  constructor(message = "The disk is full or read-only. Free some space, then resume the run; what was paid is kept.") {
    super(message);
    this.name = "DiskFull";
  }
}

/** A file to be handed to a person: its name below the folder they chose, with `/` between segments, and its content. */
export type HandedFile = { name: string; content(): Promise<Buffer | string> };

/**
 * Writes files below a folder a person named and gives their absolute paths, in order. Throws StepError NAME_UNSAFE for a folder that holds the
 * product or its data, and for a name that would leave the folder.
 */
export type FolderWriter = { write(folder: string, files: readonly HandedFile[]): Promise<string[]> };
