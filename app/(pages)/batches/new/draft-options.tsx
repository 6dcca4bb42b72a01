"use client";
import { useState } from "react";
import { countRows, nextProblem, withHeader, withoutRows } from "#lib/client/table/draft.ts";
import { count } from "#lib/client/words.ts";
import { InvalidError } from "#lib/protocol/problems.ts";
import type { DraftProps } from "./draft-props.ts";

const BUTTON = "min-h-9 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8";

/** How the table is read, how its columns are combined, and what is wrong with it. */
export function DraftOptions({ draft, setDraft, inputs, problems, target, goTo }: DraftProps) {
  const [refused, setRefused] = useState<string>();
  const product = countRows({ ...draft, combine: "product" });
  const used = draft.mapping.filter((key) => key !== undefined).length;
  const wrongRows = problems.cells.size;
  const read = (header: boolean) => {
    try {
      setDraft(withHeader(draft, header, inputs));
      setRefused(undefined);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      setRefused(error.message);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 pb-3 text-sm sm:px-6">
      <label className="flex min-h-9 items-center gap-2">
        <input
          type="checkbox"
          checked={draft.header}
          onChange={({ target }) => read(target.checked)}
          className="size-4 accent-brand"
        />
        The first line holds the names
      </label>
      {used > 1 && (
        <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <legend className="sr-only">How columns are combined</legend>
          {(
            [
              ["zip", `Row by row (${draft.table.rows.length.toLocaleString("en")})`],
              ["product", `Every combination (${product.rows.toLocaleString("en")})`],
            ] as const
          ).map(([combine, words]) => (
            <label key={combine} className="flex min-h-9 items-center gap-2 tabular-nums">
              <input
                type="radio"
                name="combine"
                checked={draft.combine === combine}
                onChange={() => setDraft({ ...draft, combine })}
                className="size-4 accent-brand"
              />
              {words}
            </label>
          ))}
        </fieldset>
      )}
      {refused && (
        <p role="alert" className="text-fail">
          {refused}
        </p>
      )}
      {wrongRows > 0 && (
        <p className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <span role="status" className="text-fail">
            {count(problems.total - problems.inputs.size, "cell")} in {count(wrongRows, "row")}{" "}
            {problems.total - problems.inputs.size === 1 ? "needs" : "need"} mending.
          </span>
          <button type="button" className={BUTTON} onClick={() => goTo(nextProblem(problems, target))}>
            Show the next
          </button>
          {wrongRows < draft.table.rows.length && (
            <button
              type="button"
              className={BUTTON}
              onClick={() => setDraft(withoutRows(draft, new Set(problems.cells.keys())))}
            >
              Leave {wrongRows === 1 ? "that row" : "those rows"} out
            </button>
          )}
        </p>
      )}
    </div>
  );
}
