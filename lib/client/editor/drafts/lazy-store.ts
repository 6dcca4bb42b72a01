import type { DraftStore } from "./draft-store.ts";

/**
 * A store whose real one is made when it is first needed. While nothing was ever kept, reading finds nothing without it, and where a
 * graph is looked at is not worth making it for. Once it is there, a write reaches it in the very call, as a page that is left demands.
 */
export function createLazyStore(
  anythingKept: Promise<boolean>,
  open: () => Promise<DraftStore>,
): { store: DraftStore; warm(): void } {
  let opening: Promise<DraftStore> | undefined;
  let ready: DraftStore | undefined;
  const real = (): Promise<DraftStore> => {
    opening ??= open().then((store) => {
      ready = store;
      return store;
    });
    return opening;
  };
  const read = async <T>(ask: (store: DraftStore) => Promise<T>, nothing: T): Promise<T> =>
    opening || (await anythingKept) ? ask(await real()) : nothing;
  const act = <T>(ask: (store: DraftStore) => Promise<T>): Promise<T> => (ready ? ask(ready) : real().then(ask));
  return {
    warm: () => void real(),
    store: {
      drafts: (id) => read((store) => store.drafts(id), []),
      copies: (id) => read((store) => store.copies(id), []),
      view: (id) => read((store) => store.view(id), undefined),
      write: (draft) => act((store) => store.write(draft)),
      takeOver: (id, change) => act((store) => store.takeOver(id, change)),
      setAside: (copy) => act((store) => store.setAside(copy)),
      forgetCopy: (copy) => act((store) => store.forgetCopy(copy)),
      writeView: (id, view) =>
        ready ? ready.writeView(id, view) : read((store) => store.writeView(id, view), undefined),
    },
  };
}
