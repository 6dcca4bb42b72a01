import type { LedgerCall } from "../ledger.ts";
import type { ResponseRecord } from "../responses/response-record.ts";

/** An uploaded file. */
export type StoredFile = {
  id: string;
  filename: string;
  purpose: string;
  bytes: number;
  createdAt: number;
  expiresAt: number | null;
  blob: string;
};

/**
 * What outlives a call. Everything is written before the answer goes out, so a process that dies afterwards loses nothing;
 * reads see what other processes sharing the folder have written.
 */
export type SimulatorStore = {
  saveResponse(record: ResponseRecord): void;
  loadResponse(id: string): ResponseRecord | null;
  removeResponse(id: string): void;
  /** Keeps bytes under their hash and gives `blob:<sha256>`. */
  putBlob(bytes: Uint8Array): string;
  getBlob(ref: string): Uint8Array | null;
  /** A finished picture, kept so that it is the same even if the drawing code changes later. */
  putPicture(callId: string, bytes: Uint8Array): void;
  getPicture(callId: string): Uint8Array | null;
  saveFile(file: StoredFile): void;
  loadFile(id: string): StoredFile | null;
  removeFile(id: string): void;
  /** Adds or replaces a ledger line. */
  note(call: LedgerCall): void;
  notes(): LedgerCall[];
};
