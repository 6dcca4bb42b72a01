import { looksSecret } from "../protocol/looks-secret.ts";
import { InvalidError, problem } from "../protocol/problems.ts";
import type { Journal, RevisionRow } from "./ports.ts";

const LABEL = "revision-label";
type Notes = Pick<Journal, "getNote" | "putNote">;

const place = (id: string, revision: number): string => `${id}@${revision}`;

/** Saves with the names people gave them: an opinion of a save, not part of it, so it is kept beside the graphs. */
export const labelled = (
  notes: Notes,
  id: string,
  rows: readonly RevisionRow[],
): Promise<(RevisionRow & { label?: string })[]> =>
  Promise.all(
    rows.map(async (row) => {
      const label = (await notes.getNote(LABEL, place(id, row.revision)))?.label;
      return typeof label === "string" && label !== "" ? { ...row, label } : row;
    }),
  );

/** Names a save, or takes its name away with an empty one. Throws InvalidError for what looks like a key. */
export async function labelRevision(notes: Notes, id: string, revision: number, label: string): Promise<void> {
  if (looksSecret(label))
    throw new InvalidError([problem("SECRET_IN_LABEL", "This looks like a key or a password.", { field: "label" })]);
  await notes.putNote(LABEL, place(id, revision), { label: label.trim() });
}
