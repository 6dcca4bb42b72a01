import { createStore, type StoreApi } from "zustand/vanilla";
import { recall, remember } from "../../remembered.ts";
import { readKeyChanges, writeKeyChanges } from "./key-changes.ts";
import type { KeyChanges } from "./key-map.ts";

let store: StoreApi<KeyChanges> | undefined;

/** The keys a person chose, shared by the keyboard, the menus and the table of keys. Read when first asked for. */
export function keyStore(): StoreApi<KeyChanges> {
  store ??= createStore<KeyChanges>()(() => readKeyChanges(recall("keys")));
  return store;
}

/** Gives a command these keys; undefined gives its own back. */
export function setKeys(id: string, keys: readonly string[] | undefined): void {
  const { [id]: _, ...rest } = keyStore().getState();
  const next = keys === undefined ? rest : { ...rest, [id]: keys };
  keyStore().setState(next, true);
  remember("keys", writeKeyChanges(next));
}

/** Gives every command its own keys back. */
export function resetKeys(): void {
  keyStore().setState({}, true);
  remember("keys", undefined);
}

/** Is this a Mac, where Cmd is the key of commands? */
export const onMac = (): boolean =>
  typeof navigator !== "undefined" && /^(Mac|iPhone|iPad)/.test(navigator.platform ?? "");
