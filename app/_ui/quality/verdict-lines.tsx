"use client";
import { Check, X } from "lucide-react";
import { percent } from "#lib/client/quality/verdict-words.ts";
import type { VerdictLine } from "#lib/client/review/verdict-lines.ts";

/** Which boxes are drawn: those of one line, or of all. */
export type BoxesShown = { all: boolean; line?: string };

/** The lines whose boxes are to be drawn now. */
export const linesShown = (lines: readonly VerdictLine[], { all, line }: BoxesShown): VerdictLine[] =>
  lines.filter(({ id, box }) => box && (all || id === line));

/** What was looked at, one line each: sign, score, reason, and whether it is a must. A line under the mouse or the focus shows where the judge looked. */
export function VerdictLines({
  lines,
  shown,
  onShow,
}: {
  lines: readonly VerdictLine[];
  shown: BoxesShown;
  onShow(shown: BoxesShown): void;
}) {
  const point = (line?: string) => onShow({ ...shown, line });
  return (
    <section aria-label="Verdict" className="grid gap-1.5">
      {lines.some(({ box }) => box) && (
        <label className="flex min-h-7 items-center gap-2 text-soft text-xs">
          <input
            type="checkbox"
            checked={shown.all}
            onChange={({ target }) => onShow({ ...shown, all: target.checked })}
            className="accent-brand"
          />
          Show where the judge looked
        </label>
      )}
      <ul className="grid gap-1">
        {lines.map(({ id, title, passed, must, score, reason, box, number }) => {
          const words = (
            <>
              {passed ? (
                <Check role="img" aria-hidden={false} aria-label="Passed" className="mt-0.5 size-4 text-done" />
              ) : (
                <X role="img" aria-hidden={false} aria-label="Failed" className="mt-0.5 size-4 text-fail" />
              )}
              <span className="min-w-0 font-medium">
                {title}
                {must && (
                  <span className="ml-1.5 rounded-sm border border-line px-1 font-normal text-[11px] text-soft">
                    must
                  </span>
                )}
                {number !== undefined && <BoxNumber number={number} passed={passed} className="ml-1.5 rounded-xs" />}
              </span>
              <span className="text-soft tabular-nums">{percent(score)}</span>
              {reason && (
                <span className="col-start-2 col-end-4 break-words text-left font-normal text-soft">{reason}</span>
              )}
            </>
          );
          const look = "grid w-full grid-cols-[auto_1fr_auto] gap-x-2 px-1.5 py-1 text-left text-xs leading-5";
          return (
            <li key={id}>
              {box ? (
                <button
                  type="button"
                  onMouseEnter={() => point(id)}
                  onMouseLeave={() => point()}
                  onFocus={() => point(id)}
                  onBlur={() => point()}
                  className={`rounded-md hover:bg-ink/8 ${look}`}
                >
                  {words}
                </button>
              ) : (
                <div className={look}>{words}</div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The number that ties a line to its box. */
export const BoxNumber = ({
  number,
  passed,
  className = "",
}: {
  number: number;
  passed: boolean;
  className?: string;
}) => (
  <span
    className={`inline-grid size-4 place-items-center font-semibold text-[10px] text-black ${passed ? "bg-done" : "bg-fail"} ${className}`}
  >
    {number}
  </span>
);
