import * as z from "zod";
import type { KeyChanges } from "./key-map.ts";

const Key = z.string().regex(/^(?:(?:mod|ctrl|alt|shift)\+)*(?:[a-z][a-z0-9]{0,19}|\S)$/u);
const Id = z.string().regex(/^[a-z][a-z0-9.-]{0,59}$/);

/** The keys a person chose, from text. What is not understood is left out: a broken entry must not take the keyboard away. */
export function readKeyChanges(text: string | undefined): KeyChanges {
  try {
    const stored: unknown = JSON.parse(text ?? "{}");
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

/** The keys a person chose as text; undefined when there are none. */
export const writeKeyChanges = (changes: KeyChanges): string | undefined =>
  Object.keys(changes).length === 0 ? undefined : JSON.stringify(changes);
