import { type DraftStore, DraftsUnavailable } from "./draft-store.ts";
import { createMemoryStore } from "./memory-store.ts";

let opened: Promise<DraftStore> | undefined;

/** The drafts of this browser, opened once for each page; kept in memory, and saying so, where the browser keeps none. */
export function openDraftStore(): Promise<DraftStore> {
  opened ??= import("./dexie-store.ts")
    .then(({ openDexieStore }) => openDexieStore())
    .catch((error: unknown) => createMemoryStore(error instanceof DraftsUnavailable ? error.reason : "failed"));
  return opened;
}
