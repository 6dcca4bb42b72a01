import { type Draft, type DraftStore, DraftsUnavailable, type KeptCopy, type KeptView } from "./draft-store.ts";

/**
 * A store that lives as long as the page. The editor works on it where the browser has no better one; then `why` says so to every write
 * of a draft, while copies and views are kept for as long as the page is open.
 */
export function createMemoryStore(why?: DraftsUnavailable["reason"]): DraftStore {
  const drafts = new Map<string, Draft>();
  const copies = new Map<number, KeptCopy>();
  const views = new Map<string, KeptView>();
  let last = 0;
  const put = (draft: Draft) => drafts.set(`${draft.id}/${draft.tab}`, structuredClone(draft));
  const aside = (copy: Omit<KeptCopy, "copy">) => {
    last += 1;
    copies.set(last, { ...structuredClone(copy), copy: last });
    return last;
  };
  return {
    drafts: async (id) => [...drafts.values()].filter((draft) => draft.id === id).sort(newestFirst),
    async write(draft) {
      put(draft);
      if (why) throw new DraftsUnavailable(why);
    },
    async takeOver(id, change) {
      for (const copy of change.aside) aside(copy);
      for (const tab of change.gone) drafts.delete(`${id}/${tab}`);
      if (change.own) put(change.own);
      if (why) throw new DraftsUnavailable(why);
    },
    setAside: async (copy) => aside(copy),
    copies: async (id) => [...copies.values()].filter((copy) => copy.id === id).sort(newestFirst),
    async forgetCopy(copy) {
      copies.delete(copy);
    },
    view: async (id) => views.get(id),
    async writeView(id, view) {
      views.set(id, view);
    },
  };
}

const newestFirst = (a: { at: number }, b: { at: number }): number => b.at - a.at;
