import { createHash } from "node:crypto";
import type { LedgerCall } from "../ledger.ts";
import type { ResponseRecord } from "../responses/response-record.ts";
import type { SimulatorStore, StoredFile } from "./store.ts";

/** A store that ends with the process. */
export function memoryStore(): SimulatorStore {
  const responses = new Map<string, string>();
  const blobs = new Map<string, Uint8Array>();
  const pictures = new Map<string, Uint8Array>();
  const files = new Map<string, StoredFile>();
  const calls = new Map<string, LedgerCall>();
  return {
    saveResponse: (record) => void responses.set(record.id, JSON.stringify(record)),
    loadResponse: (id) => {
      const text = responses.get(id);
      return text ? (JSON.parse(text) as ResponseRecord) : null;
    },
    removeResponse: (id) => void responses.delete(id),
    putBlob(bytes) {
      const ref = blobRef(bytes);
      blobs.set(ref, bytes);
      return ref;
    },
    getBlob: (ref) => blobs.get(ref) ?? null,
    putPicture: (callId, bytes) => void pictures.set(callId, bytes),
    getPicture: (callId) => pictures.get(callId) ?? null,
    saveFile: (file) => void files.set(file.id, file),
    loadFile: (id) => files.get(id) ?? null,
    removeFile: (id) => void files.delete(id),
    note: (call) => void calls.set(call.key, call),
    notes: () => [...calls.values()],
  };
}

/** `blob:` and the SHA-256 of the bytes. */
export function blobRef(bytes: Uint8Array): string {
  return `blob:${createHash("sha256").update(bytes).digest("hex")}`;
}
