import type { Mark } from "#lib/protocol/marks.ts";

/** The words of the note that is chosen. */
export const NoteWords = ({
  note,
  onWrite,
  className = "",
}: {
  note: Extract<Mark, { kind: "note" }>;
  onWrite(text: string): void;
  className?: string;
}) => (
  <label className={`grid gap-1.5 text-soft text-xs ${className}`}>
    Words of the note
    <textarea
      // A new note is there to be written.
      ref={(field) => void (note.text === "" && field?.focus())}
      rows={3}
      maxLength={500}
      value={note.text}
      onChange={(event) => onWrite(event.target.value)}
      placeholder="What should change here?"
      className="rounded-lg border border-line bg-well px-2.5 py-2 text-base text-ink sm:text-sm"
    />
  </label>
);
