"use client";
import { Play } from "lucide-react";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { count } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { useTable } from "./use-batch-table.ts";

/** What can be done with the rows that are chosen. */
export function SelectedBar(props: { table: BatchTable; places: ReadonlySet<number>; clear(): void }) {
  const { table, places, clear } = props;
  const doing = useTable(table, (state) => state.doing !== undefined);
  if (places.size === 0) return null;
  const run = async () => {
    const rows = [...places].flatMap((place) => table.indexOf(place) ?? []).sort((a, b) => a - b);
    if (await table.ask({ rows }, rows.length)) clear();
  };
  return (
    <div className="flex flex-wrap items-center gap-3 border-line border-t bg-surface px-4 py-2 sm:px-6">
      <span className="text-sm tabular-nums">{count(places.size, "row")} selected</span>
      <Button look="first" disabled={doing} onClick={() => void run()}>
        <Play aria-hidden="true" className="size-4" />
        Run selected
      </Button>
      <Button onClick={clear}>Clear</Button>
    </div>
  );
}
