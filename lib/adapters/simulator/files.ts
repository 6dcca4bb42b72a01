import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";
import { invalid, notFound } from "./http/refusal.ts";
import { json, type Reply } from "./http/reply.ts";
import type { StoredFile } from "./store/store.ts";

const LARGEST = 512 * 1024 * 1024;

/** POST /files: multipart `file`, `purpose`, and an optional expiry. */
export async function uploadFile(call: Call): Promise<Reply> {
  const { world, incoming } = call;
  if (incoming.body.kind !== "form")
    throw invalid("unsupported_content_type", null, "This endpoint takes multipart/form-data.", 415);
  const { form } = incoming.body;
  const file = form.get("file");
  const purpose = form.get("purpose");
  if (!(file instanceof File))
    throw invalid("missing_required_parameter", "file", "Missing required parameter: 'file'.");
  if (typeof purpose !== "string")
    throw invalid("missing_required_parameter", "purpose", "Missing required parameter: 'purpose'.");
  if (!["vision", "user_data", "batch", "assistants", "fine-tune", "evals"].includes(purpose))
    throw invalid("invalid_value", "purpose", `Invalid value: '${purpose}'.`);
  const seconds = form.get("expires_after[seconds]");
  const lasts = typeof seconds === "string" ? Number(seconds) : null;
  if (lasts !== null && !(lasts >= 3_600 && lasts <= 2_592_000))
    throw invalid("invalid_value", "expires_after[seconds]", "Between 3600 and 2592000 seconds.");
  if (file.size > LARGEST) throw invalid("request_too_large", "file", "At most 512 MB.", 413);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const now = world.now();
  const stored: StoredFile = {
    id: `file-${randomUUID().replaceAll("-", "").slice(0, 24)}`,
    filename: file.name,
    purpose,
    bytes: bytes.length,
    createdAt: now,
    expiresAt: lasts === null ? null : now + lasts * 1000,
    blob: world.store.putBlob(bytes),
  };
  world.store.saveFile(stored);
  return json(describe(stored));
}

/** GET and DELETE /files/{id}. */
export function storedFile(call: Call, id: string): Reply {
  const { store, now } = call.world;
  const file = /^file-[0-9a-f]{24}$/.test(id) ? store.loadFile(id) : null;
  if (!file || (file.expiresAt !== null && file.expiresAt <= now())) throw notFound(`No such File object: ${id}`, "id");
  if (call.incoming.method !== "DELETE") return json(describe(file));
  store.removeFile(id);
  return json({ id, object: "file", deleted: true });
}

function describe(file: StoredFile) {
  return {
    id: file.id,
    object: "file",
    bytes: file.bytes,
    created_at: Math.floor(file.createdAt / 1000),
    expires_at: file.expiresAt === null ? null : Math.floor(file.expiresAt / 1000),
    filename: file.filename,
    purpose: file.purpose,
    status: "processed",
  };
}
