"use client";
import { Play } from "lucide-react";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { ROW_WORDS, TOLD } from "#lib/client/table/batch-words.ts";
import type { RowChoice, RowStatus } from "#lib/protocol/batches.ts";
import { useTable } from "./use-batch-table.ts";

const CHOICES: readonly { only: RowChoice & RowStatus; words(n: string): string }[] = [
  { only: "empty", words: (n) => `Run ${n} not run` },
  { only: "failed", words: (n) => `Run ${n} failed again` },
  { only: "stale", words: (n) => `Run ${n} changed` },
];

/** Which rows are shown, and which of them to run. */
export function RowFilter({ table }: { table: BatchTable }) {
  const view = useTable(table, (state) => state.view);
  const filter = useTable(table, (state) => state.filter);
  const doing = useTable(table, (state) => state.doing !== undefined);
  if (!view) return null;
  const shown = TOLD.filter((status) => status === filter || (view.counts[status] ?? 0) > 0);
  return (
    <div className="flex items-center gap-x-6 gap-y-2 overflow-x-auto border-line border-b px-4 pb-3 sm:flex-wrap sm:px-6">
      <fieldset className="flex gap-1.5">
        <legend className="sr-only">Rows shown</legend>
        <Chip pressed={filter === undefined} onPress={() => table.show(undefined)}>
          All {view.total.toLocaleString("en")}
        </Chip>
        {shown.map((status) => (
          <Chip key={status} pressed={filter === status} onPress={() => table.show(status)}>
            {ROW_WORDS[status]} {(view.counts[status] ?? 0).toLocaleString("en")}
          </Chip>
        ))}
      </fieldset>
      <div className="flex gap-2 sm:ml-auto">
        {CHOICES.filter(({ only }) => (view.counts[only] ?? 0) > 0).map(({ only, words }) => (
          <button
            key={only}
            type="button"
            disabled={doing}
            onClick={() => void table.ask({ only }, view.counts[only] ?? 0)}
            className="inline-flex min-h-9 items-center gap-1.5 whitespace-nowrap rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8 disabled:opacity-60"
          >
            <Play aria-hidden="true" className="size-3.5" />
            {words((view.counts[only] ?? 0).toLocaleString("en"))}
          </button>
        ))}
      </div>
    </div>
  );
}

function Chip(props: { pressed: boolean; onPress(): void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={props.pressed}
      onClick={props.onPress}
      className="min-h-9 whitespace-nowrap rounded-full border border-transparent px-3 text-sm text-soft tabular-nums hover:text-ink aria-pressed:border-line aria-pressed:bg-ink/8 aria-pressed:text-ink"
    >
      {props.children}
    </button>
  );
}
