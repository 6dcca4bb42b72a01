import * as z from "zod";
import type { KeyChanges } from "./key-map.ts";

/** Where this browser keeps the keys a person chose. */
export const KEYS_AT = "throughline.keys";

type Box = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const Key = z.string().regex(/^(?:(?:mod|ctrl|alt|shift)\+)*(?:[a-z][a-z0-9]{0,19}|\S)$/u);
const Id = z.string().regex(/^[a-z][a-z0-9.-]{0,59}$/);

/** The keys a person chose. What is not understood is left out: a broken entry must not take the keyboard away. */
export function readKeyChanges(box: Box | undefined): KeyChanges {
  try {
    const stored: unknown = JSON.parse(box?.getItem(KEYS_AT) ?? "{}");
    if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return {};
    const changes: Record<string, readonly string[]> = {};
    for (const [id, keys] of Object.entries(stored).slice(0, 500)) {
      const read = z.array(Key).max(4).safeParse(keys);
      if (read.success && Id.safeParse(id).success) changes[id] = read.data;
    }
    return changes;
  } catch {
    return {};
  }
}

/** Keeps the keys a person chose; a browser that keeps nothing (private windows) is no reason to fail. */
export function writeKeyChanges(box: Box | undefined, changes: KeyChanges): void {
  try {
    if (Object.keys(changes).length === 0) box?.removeItem(KEYS_AT);
    else box?.setItem(KEYS_AT, JSON.stringify(changes));
  } catch {
    // Nothing is lost but the choice itself, and the table still shows it until the page is closed.
  }
}
