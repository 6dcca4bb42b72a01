"use client";
import Link from "next/link";
import { ApiError, sayWhy } from "#lib/client/call-api.ts";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { useNarrow } from "../_grid/use-width.ts";
import { BatchHeader } from "./batch-header.tsx";
import { BatchNotice } from "./batch-notice.tsx";
import { RowCards } from "./row-cards.tsx";
import { RowFilter } from "./row-filter.tsx";
import { RowsGrid } from "./rows-grid.tsx";
import { RunConfirm } from "./run-confirm.tsx";
import { useBatchTable, useTable } from "./use-batch-table.ts";

/** A table as it runs: its numbers on top, always in sight, and every row below. */
export function BatchScreen({ batchId }: { batchId: string }) {
  const table = useBatchTable(batchId);
  return table ? <Loaded table={table} /> : <Loading />;
}

const Loading = () => <p className="py-8 text-soft text-sm">Loading …</p>;

function Loaded({ table }: { table: BatchTable }) {
  const known = useTable(table, ({ view }) => view !== undefined);
  const failed = useTable(table, (state) => state.failed);
  const narrow = useNarrow();
  if (!known && failed !== undefined) return <NotThere table={table} error={failed} />;
  if (!known) return <Loading />;
  return (
    <div data-wide="" className="flex h-[calc(100dvh-3.5rem)] min-h-112 flex-col">
      <BatchHeader table={table} />
      <BatchNotice table={table} />
      <RowFilter table={table} />
      {narrow ? <RowCards table={table} /> : <RowsGrid table={table} />}
      <Told table={table} />
      <RunConfirm table={table} />
    </div>
  );
}

function NotThere({ table, error }: { table: BatchTable; error: unknown }) {
  const unknown = error instanceof ApiError && error.status === 404;
  return (
    <Notice tone="fail" title={unknown ? "There is no such table." : "The table could not be loaded."}>
      {unknown ? (
        <Link href="/batches" className="underline underline-offset-4">
          All tables
        </Link>
      ) : (
        <span className="flex flex-wrap items-center gap-3">
          {sayWhy(error)}
          <Button onClick={table.again}>Try again</Button>
        </span>
      )}
    </Notice>
  );
}

/** The last thing that happened, for eyes and for screen readers. */
function Told({ table }: { table: BatchTable }) {
  const told = useTable(table, (state) => state.told);
  const doing = useTable(table, (state) => state.doing);
  const text = doing ?? told?.text ?? "";
  return (
    <p
      role="status"
      className={`border-line border-t bg-surface px-4 py-2 text-sm empty:hidden sm:px-6 ${told?.tone === "fail" && !doing ? "text-fail" : "text-soft"}`}
    >
      {text}
    </p>
  );
}
