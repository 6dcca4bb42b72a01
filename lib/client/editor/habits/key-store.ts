import { createStore, type StoreApi } from "zustand/vanilla";
import { readKeyChanges, writeKeyChanges } from "./key-changes.ts";
import type { KeyChanges } from "./key-map.ts";

let store: StoreApi<KeyChanges> | undefined;
const box = () => (typeof localStorage === "undefined" ? undefined : localStorage);

/** The keys a person chose, shared by the keyboard, the menus and the table of keys. Read when first asked for. */
export function keyStore(): StoreApi<KeyChanges> {
  store ??= createStore<KeyChanges>()(() => readKeyChanges(box()));
  return store;
}

/** Gives a command these keys; undefined gives its own back. */
export function setKeys(id: string, keys: readonly string[] | undefined): void {
  const { [id]: _, ...rest } = keyStore().getState();
  const next = keys === undefined ? rest : { ...rest, [id]: keys };
  keyStore().setState(next, true);
  writeKeyChanges(box(), next);
}

/** Gives every command its own keys back. */
export function resetKeys(): void {
  keyStore().setState({}, true);
  writeKeyChanges(box(), {});
}

/** Is this a Mac, where Cmd is the key of commands? */
export const onMac = (): boolean =>
  typeof navigator !== "undefined" && /^(Mac|iPhone|iPad)/.test(navigator.platform ?? "");
