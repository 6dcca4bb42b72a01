"use client";
import { Pencil, Play } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { createCellCheck } from "#lib/client/table/check-cells.ts";
import { cellText, type TableColumn } from "#lib/client/table/table-columns.ts";
import type { TableRow } from "#lib/client/table/table-row.ts";
import { usd } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";
import { CellPictures } from "../cell-pictures.tsx";
import { RowState } from "../row-state.tsx";
import { CellEditor } from "./cell-editor.tsx";

/** A row by itself: its pictures, its cells to be edited, its run. */
export function RowSheet(props: { table: BatchTable; row: TableRow; columns: readonly TableColumn[]; close(): void }) {
  const { table, row, columns } = props;
  const [editing, setEditing] = useState<number>();
  return (
    <Modal title={`Row ${row.index + 1}`} onClose={props.close}>
      <p className="flex flex-wrap items-center gap-3 text-sm">
        <RowState status={row.status} />
        <span className="text-soft tabular-nums">{row.costUsd === 0 ? "no cost" : usd(row.costUsd)}</span>
      </p>
      {row.error && <p className="text-fail text-sm">{row.error.message}</p>}
      {columns.map((column) =>
        column.kind === "output" && row.outputs.has(column.key.slice(4)) ? (
          <Result key={column.key} row={row} column={column} />
        ) : null,
      )}
      <dl className="grid gap-3">
        {columns.map((column) =>
          column.kind === "cell" ? (
            <div key={column.key}>
              <dt className="text-soft text-xs">{column.title}</dt>
              <dd>
                {editing === column.index ? (
                  <CellEditor
                    flow
                    label={column.title}
                    text={row.cells[column.index] ?? ""}
                    input={column.input}
                    check={(text) => column.input && createCellCheck(new Map())(column.input, text)}
                    save={(text, run) => {
                      setEditing(undefined);
                      void table.edit(row.index, column.title, text, run);
                    }}
                    close={() => setEditing(undefined)}
                  />
                ) : (
                  <button
                    type="button"
                    aria-label={`Edit ${column.title}`}
                    onClick={() => setEditing(column.index)}
                    className="flex min-h-11 w-full items-center justify-between gap-2 rounded-lg bg-well px-3 py-1.5 text-left text-sm"
                  >
                    {column.input?.type === "image" ? (
                      <CellPictures text={row.cells[column.index] ?? ""} many={column.input.many === true} small />
                    ) : (
                      <span className="whitespace-pre-wrap break-words">{cellText(row, column, "") || "(empty)"}</span>
                    )}
                    <Pencil aria-hidden="true" className="size-4 shrink-0 text-soft" />
                  </button>
                )}
              </dd>
            </div>
          ) : null,
        )}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button look="first" onClick={() => void table.run({ rows: [row.index] })}>
          <Play aria-hidden="true" className="size-4" />
          Run this row
        </Button>
        {row.runId !== undefined && (
          <Link
            href={`/runs/${row.runId}`}
            className="inline-flex min-h-10 items-center rounded-lg border border-line px-4 font-medium text-sm hover:bg-ink/8"
          >
            Open its run
          </Link>
        )}
      </div>
    </Modal>
  );
}

function Result({ row, column }: { row: TableRow; column: TableColumn }) {
  const all = row.outputs.get(column.key.slice(4)) ?? [];
  return (
    <section aria-label={column.title} className={`grid gap-2 ${all.length > 1 ? "grid-cols-2" : ""}`}>
      {all.map((shown, index) =>
        shown.kind === "picture" ? (
          <img
            key={`${index} ${shown.asset}`}
            src={assetUrl(shown.asset, 640)}
            alt={`${column.title} of row ${row.index + 1}, number ${index + 1}`}
            width={shown.width}
            height={shown.height}
            className="h-auto w-full rounded-lg bg-well"
          />
        ) : (
          <p key={`${index} ${shown.text}`} className="text-sm">
            {shown.text}
          </p>
        ),
      )}
    </section>
  );
}
