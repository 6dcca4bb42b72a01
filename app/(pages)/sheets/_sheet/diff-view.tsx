import { type SheetState, sheetDiff } from "#lib/client/library/sheet-diff.ts";

/** What is different, in sentences and word by word. */
export function DiffView({ older, newer, label }: { older: SheetState; newer: SheetState; label: string }) {
  const { sentences, pieces } = sheetDiff(older, newer);
  const same = pieces.every(({ kind }) => kind === "same");
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      {sentences.length > 0 ? (
        <ul className="list-disc pl-5 text-sm">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        <p className="text-soft text-sm">They say the same.</p>
      )}
      {!same && (
        <p
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and by keyboard too
          tabIndex={0}
          className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words rounded-lg bg-well p-3 text-[13px] leading-relaxed"
        >
          {pieces.map(({ kind, text }, index) =>
            kind === "same" ? (
              <span key={index}>{text}</span>
            ) : kind === "added" ? (
              <ins
                key={index}
                className="rounded-sm bg-done/20 text-ink decoration-done decoration-2 underline-offset-2"
              >
                {text}
              </ins>
            ) : (
              <del key={index} className="rounded-sm bg-fail/15 text-soft decoration-fail">
                {text}
              </del>
            ),
          )}
        </p>
      )}
    </section>
  );
}
