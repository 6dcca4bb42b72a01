/**
 * Small wishes about the screen that this browser keeps: how wide a panel is, which keys were remapped, light or dark. The only place that
 * touches localStorage, so that one look shows that nothing secret is kept. Where the browser keeps nothing, defaults hold.
 */
export type Remembered = "theme" | "keys" | "inspector-width" | "rail" | "mask-tool";

const nameOf = (what: Remembered): string => `throughline.${what}`;

/** What was remembered, as text; undefined when nothing was or may be kept. */
export function recall(what: Remembered): string | undefined {
  try {
    return localStorage.getItem(nameOf(what)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a text of at most 64 kB; undefined forgets it. False when the browser keeps nothing. */
export function remember(what: Remembered, text: string | undefined): boolean {
  try {
    if (text === undefined) localStorage.removeItem(nameOf(what));
    else localStorage.setItem(nameOf(what), text.slice(0, 65_536));
    return true;
  } catch {
    return false;
  }
}
