import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LedgerCall } from "../ledger.ts";
import type { ResponseRecord } from "../responses/response-record.ts";
import { blobRef } from "./memory-store.ts";
import type { SimulatorStore, StoredFile } from "./store.ts";

const KINDS = ["responses", "blobs", "pictures", "files"] as const;

/**
 * A store in a folder. Files appear whole (written aside, then renamed), so a kill at any moment leaves either the old
 * state or the new one; several processes may share the folder. The ledger is a file of JSON lines, the last line of a key counts.
 */
export function folderStore(folder: string): SimulatorStore {
  for (const kind of KINDS) mkdirSync(join(folder, kind), { recursive: true });
  const pathOf = (kind: (typeof KINDS)[number], name: string, ending: string) =>
    join(folder, kind, `${safe(name)}${ending}`);
  const ledger = join(folder, "ledger.jsonl");
  return {
    saveResponse: (record) => writeWhole(pathOf("responses", record.id, ".json"), JSON.stringify(record)),
    loadResponse: (id) => readJson<ResponseRecord>(pathOf("responses", id, ".json")),
    removeResponse: (id) => rmSync(pathOf("responses", id, ".json"), { force: true }),
    putBlob(bytes) {
      const ref = blobRef(bytes);
      const path = pathOf("blobs", ref.slice(5), ".bin");
      if (!existsSync(path)) writeWhole(path, bytes);
      return ref;
    },
    getBlob: (ref) => readBytes(pathOf("blobs", ref.slice(5), ".bin")),
    putPicture: (callId, bytes) => writeWhole(pathOf("pictures", callId, ".bin"), bytes),
    getPicture: (callId) => readBytes(pathOf("pictures", callId, ".bin")),
    saveFile: (file) => writeWhole(pathOf("files", file.id, ".json"), JSON.stringify(file)),
    loadFile: (id) => readJson<StoredFile>(pathOf("files", id, ".json")),
    removeFile: (id) => rmSync(pathOf("files", id, ".json"), { force: true }),
    note: (call) => appendFileSync(ledger, `${JSON.stringify(call)}\n`),
    notes: () => lastOfEach(readBytes(ledger)),
  };
}

function safe(name: string): string {
  return name.replace(/[^\w-]/g, "_").slice(0, 120);
}

function writeWhole(path: string, data: string | Uint8Array) {
  const aside = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  writeFileSync(aside, data);
  renameSync(aside, path);
}

function readBytes(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function readJson<T>(path: string): T | null {
  const bytes = readBytes(path);
  return bytes ? (JSON.parse(Buffer.from(bytes).toString("utf8")) as T) : null;
}

function lastOfEach(bytes: Uint8Array | null): LedgerCall[] {
  const calls = new Map<string, LedgerCall>();
  for (const line of bytes ? Buffer.from(bytes).toString("utf8").split("\n") : []) {
    if (!line) continue;
    const call = JSON.parse(line) as LedgerCall;
    calls.set(call.key, call);
  }
  return [...calls.values()];
}
