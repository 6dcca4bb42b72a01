import { DRAFTS, type DraftStore, DraftsUnavailable } from "./draft-store.ts";
import { createLazyStore } from "./lazy-store.ts";
import { createMemoryStore } from "./memory-store.ts";

let opened: DraftStore | undefined;

/**
 * The drafts of this browser, opened once for each page; kept in memory, and saying so, where the browser keeps none. The database's code
 * comes when there is something to read, or when a hand first touches the page: before that there is nothing to keep.
 */
export function openDraftStore(): DraftStore {
  if (opened) return opened;
  const { store, warm } = createLazyStore(anythingKept(), () =>
    import("./dexie-store.ts")
      .then(({ openDexieStore }) => openDexieStore())
      .catch((error: unknown) => createMemoryStore(error instanceof DraftsUnavailable ? error.reason : "failed")),
  );
  for (const touch of ["pointerdown", "keydown", "dragenter", "paste"])
    addEventListener(touch, warm, { once: true, capture: true });
  opened = store;
  return store;
}

/** Has this browser ever kept drafts? Yes when it cannot be known. */
async function anythingKept(): Promise<boolean> {
  if (typeof indexedDB === "undefined" || indexedDB.databases === undefined) return true;
  try {
    return (await indexedDB.databases()).some(({ name }) => name === DRAFTS);
  } catch {
    return true;
  }
}
