import type { Decision } from "./answer-shape.ts";

/** What a key means while pictures are looked through. */
export type TriageAction =
  | { do: "next" | "previous" | "pick" | "undo" | "boxes" | "zoom" | "draw" | "help" | "note" }
  | { do: "decide"; decision: Exclude<Decision, "revise"> }
  | { do: "stars"; stars: number };

type Press = { key: string; code?: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

const KEYS: Readonly<Record<string, TriageAction>> = {
  j: { do: "next" },
  arrowright: { do: "next" },
  arrowdown: { do: "next" },
  k: { do: "previous" },
  arrowleft: { do: "previous" },
  arrowup: { do: "previous" },
  a: { do: "decide", decision: "approve" },
  x: { do: "decide", decision: "reject" },
  r: { do: "note" },
  " ": { do: "pick" },
  z: { do: "undo" },
  b: { do: "boxes" },
  "0": { do: "zoom" },
  d: { do: "draw" },
  "?": { do: "help" },
};

/** The meaning of a press, or undefined: words being typed and the browser's own shortcuts are never taken. */
export function triageAction(
  { key, ctrlKey, metaKey, altKey }: Press,
  place: { typing: boolean; dialog: boolean; control: boolean },
): TriageAction | undefined {
  if (place.typing || place.dialog || altKey) return undefined;
  const name = key.toLowerCase();
  if (ctrlKey || metaKey) return name === "z" ? { do: "undo" } : undefined;
  // Space and the arrows belong to a button that has the focus.
  if (place.control && name === " ") return undefined;
  if (/^[1-5]$/.test(name)) return { do: "stars", stars: Number(name) };
  return KEYS[name];
}
