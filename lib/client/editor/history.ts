import type { Graph } from "../../protocol/graph.ts";

/** One thing a person did to the document, as they would name it. */
export type LogEntry = { label: string; before: Graph; after: Graph; merge?: string };

/** The command log: what can be undone, oldest first, and what can be redone, next first. */
export type History = { past: readonly LogEntry[]; future: readonly LogEntry[] };

/** Steps kept. Entries share everything that did not change, so a step costs what it touched. */
const KEPT = 500;

export const NO_HISTORY: History = { past: [], future: [] };

/**
 * Writes an entry. Entries that follow each other with the same `merge` are one step to undo (typing in one field, one drag); an entry
 * that changes nothing is not written.
 */
export function record(history: History, entry: LogEntry): History {
  if (entry.before === entry.after) return history;
  const last = history.past.at(-1);
  const merged = last !== undefined && entry.merge !== undefined && last.merge === entry.merge;
  const past = merged
    ? [...history.past.slice(0, -1), { ...last, label: entry.label, after: entry.after }]
    : [...history.past.slice(-(KEPT - 1)), entry];
  return { past, future: [] };
}

/** The document before the last entry; undefined when there is nothing to undo. */
export function undone(history: History): { history: History; document: Graph; label: string } | undefined {
  const entry = history.past.at(-1);
  if (!entry) return undefined;
  return {
    history: { past: history.past.slice(0, -1), future: [entry, ...history.future] },
    document: entry.before,
    label: entry.label,
  };
}

/** The document after the next entry that was undone; undefined when there is none. */
export function redone(history: History): { history: History; document: Graph; label: string } | undefined {
  const [entry, ...future] = history.future;
  if (!entry) return undefined;
  return { history: { past: [...history.past, entry], future }, document: entry.after, label: entry.label };
}

/** Ends merging: whatever comes next is a step of its own, even when it names the same merge. */
export function sealed(history: History): History {
  const last = history.past.at(-1);
  if (last?.merge === undefined) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, merge: undefined }] };
}
