import { looksSecret } from "./looks-secret.ts";

/** Where a text stands: `node` where it belongs to one, `field` relative to it. */
export type Place = { node?: string; field: string };

/** A name or a token before the host of an address, with or without a password. */
const USERINFO = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@]{1,256}@/i;
const TOKEN = /[A-Za-z0-9+/_=-]{32,512}/g;

/** Settings that are keys or passwords by their very name. */
const SECRET_NAME =
  /^(?:x[-_]?)?(?:(?:open[-_]?ai[-_]?)?api[-_]?key|authori[sz]ation|auth|(?:auth|access|refresh|id|bearer|session)[-_]?token|bearer|token|secret|(?:client|api|app|signing|shared)[-_]?secret|secret[-_]?key|password|passwd|pass[-_]?phrase|private[-_]?key|credentials?|(?:set[-_]?)?cookie)$/i;

export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/**
 * Stricter than `looksSecret`, for what leaves the house: also names before a host, and texts that look drawn by lot. The latter change between small
 * letters, capitals and digits at every other step and hardly repeat themselves, which no word, file name, hash or colour does.
 */
export const mayBeSecret = (text: string): boolean =>
  looksSecret(text) || USERINFO.test(text) || [...text.matchAll(TOKEN)].some(([token]) => looksRandom(token));

function looksRandom(token: string): boolean {
  const kinds: string[] = [...token].map((letter) =>
    /[a-z]/.test(letter) ? "a" : /[A-Z]/.test(letter) ? "A" : /\d/.test(letter) ? "0" : "-",
  );
  if (!["a", "A", "0"].every((kind) => kinds.includes(kind))) return false;
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return changes >= 0.45 * (token.length - 1) && entropy(token) >= 4;
}

/** Bits for each letter. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
}

/** Every text of a document, names of settings included, that may be a secret, by its place. Walks without recursion. */
export function findSecrets(document: unknown): Place[] {
  const found: Place[] = [];
  const stack: (Place & { value: unknown; inNodes?: boolean })[] = [{ value: document, field: "" }];
  for (let place = stack.pop(); place; place = stack.pop()) {
    const { value, node, field, inNodes } = place;
    const where = { ...(node === undefined ? {} : { node }), field };
    if (typeof value === "string" && mayBeSecret(value)) found.push(where);
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value).reverse()) {
      const id = inNodes && typeof child === "object" ? (child as { id?: unknown } | null)?.id : undefined;
      const inside = field === "" || (node !== undefined && field === "config") ? key : `${field}.${key}`;
      if (!Array.isArray(value) && mayBeSecret(key)) found.push({ ...where, field: "(the name of a setting)" });
      stack.push(
        typeof id === "string"
          ? { value: child, node: id, field: "" }
          : {
              ...where,
              field: inside,
              value: child,
              inNodes: node === undefined && key === "nodes" && Array.isArray(child),
            },
      );
    }
  }
  return found;
}
