import Dexie, { type EntityTable, type Table } from "dexie";
import { DRAFTS, type Draft, type DraftStore, DraftsUnavailable, type KeptCopy, type KeptView } from "./draft-store.ts";

/** The layout of the database that this program writes. Older ones are brought up to it, newer ones are left alone. */
export const LAYOUT = 2;

/** Browsers number a database's layout in tenths of Dexie's. */
const isNewer = (native: number): boolean => native >= (LAYOUT + 1) * 10;

/** Opens the drafts of this browser. Throws DraftsUnavailable when there is no IndexedDB or a newer program's drafts are in it. */
export async function openDexieStore(name = DRAFTS): Promise<DraftStore> {
  if (typeof indexedDB === "undefined") throw new DraftsUnavailable("missing");
  // Dexie would open a newer database as if it were ours: its number is looked at before anything can touch it.
  const known = await Promise.resolve(indexedDB.databases?.() ?? []).catch(() => []);
  if (known.some((one) => one.name === name && isNewer(one.version ?? 0))) throw new DraftsUnavailable("newer");
  const db = new Dexie(name);
  // Layout 1: one draft for each graph.
  db.version(1).stores({ drafts: "id" });
  // Layout 2: one for each graph and tab, versions set aside, and where people looked. A primary key cannot change: the drafts move house.
  db.version(LAYOUT)
    .stores({ drafts: "id", tabDrafts: "[id+tab], id", copies: "++copy, id", views: "id" })
    .upgrade(async (tx) => {
      const old = (await tx.table("drafts").toArray()) as Draft[];
      await tx.table("tabDrafts").bulkPut(old.map((draft) => ({ ...draft, tab: draft.tab ?? "before" })));
    });
  try {
    await db.open();
  } catch (error) {
    throw unavailable(error);
  }
  if (isNewer(db.backendDB().version)) {
    db.close();
    throw new DraftsUnavailable("newer");
  }
  return storeOf(db);
}

function storeOf(db: Dexie): DraftStore {
  const drafts = db.table("tabDrafts") as Table<Draft, [string, string]>;
  const copies = db.table("copies") as EntityTable<KeptCopy, "copy">;
  const views = db.table("views") as Table<KeptView & { id: string }, string>;
  let outdated = false;
  // A newer program in another tab wants to change the layout: let it, and never write again with the old one.
  db.on("versionchange", () => {
    outdated = true;
    db.close({ disableAutoOpen: true });
  });
  const guarded = async <T>(work: () => PromiseLike<T>): Promise<T> => {
    if (outdated) throw new DraftsUnavailable("newer");
    try {
      return await work();
    } catch (error) {
      throw outdated ? new DraftsUnavailable("newer") : unavailable(error);
    }
  };
  return {
    drafts: (id) => guarded(async () => (await drafts.where("id").equals(id).toArray()).sort((a, b) => b.at - a.at)),
    write: (draft) => guarded(() => putAtOnce(db, "tabDrafts", draft)),
    takeOver: (id, { own, gone, aside }) =>
      guarded(() =>
        db.transaction("rw", drafts, copies, async () => {
          await copies.bulkAdd([...aside]);
          await drafts.bulkDelete(gone.map((tab) => [id, tab]));
          if (own) await drafts.put(own);
        }),
      ),
    setAside: (copy) => guarded(async () => await copies.add(copy)),
    copies: (id) => guarded(async () => (await copies.where("id").equals(id).toArray()).sort((a, b) => b.at - a.at)),
    forgetCopy: (copy) => guarded(() => copies.delete(copy)),
    view: (id) => guarded(() => views.get(id)),
    writeView: (id, view) => guarded(() => putAtOnce(db, "views", { id, ...view })),
  };
}

/**
 * Writes one record before this function returns to its caller, as far as the browser is concerned: what a page writes while it is left only
 * arrives when it was asked for, and its transaction closed, within the very event. Dexie asks a moment later.
 */
async function putAtOnce(db: Dexie, store: string, record: object): Promise<void> {
  // The browser may have closed it meanwhile; Dexie opens it again.
  if (!db.isOpen()) return void (await db.table(store).put(record));
  return await new Promise((resolve, reject) => {
    const transaction = db.backendDB().transaction(store, "readwrite", { durability: "relaxed" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.objectStore(store).put(record);
    transaction.commit();
  });
}

/** What a failure of the database means for a person. */
function unavailable(error: unknown): DraftsUnavailable {
  const names = [error, (error as { inner?: unknown }).inner].map(
    (one) => (one as { name?: string } | undefined)?.name,
  );
  if (names.includes("QuotaExceededError")) return new DraftsUnavailable("full");
  if (names.includes("VersionError")) return new DraftsUnavailable("newer");
  if (["MissingAPIError", "SecurityError", "InvalidStateError"].some((name) => names.includes(name)))
    return new DraftsUnavailable("missing");
  return new DraftsUnavailable("failed");
}
