"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { cellText, type TableColumn } from "#lib/client/table/table-columns.ts";
import type { TableRow } from "#lib/client/table/table-row.ts";
import { usd } from "#lib/client/words.ts";
import { Thumb } from "../cell-pictures.tsx";
import { RowState } from "../row-state.tsx";
import { RowSheet } from "./row-sheet.tsx";
import { useTable } from "./use-batch-table.ts";
import { useColumns } from "./use-columns.ts";

const CARD_HEIGHT = 108;

/** The rows as cards, for a screen too narrow for a table. A card opens its row. */
export function RowCards({ table }: { table: BatchTable }) {
  const columns = useColumns(table);
  useTable(table, (state) => state.edition);
  useTable(table, (state) => state.listed);
  const places = table.places();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<number>();
  const down = useVirtualizer({
    count: places,
    getScrollElement: () => box.current,
    estimateSize: () => CARD_HEIGHT,
    overscan: 5,
  });
  const items = down.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (places > 0) table.look(first, last);
  }, [table, first, last, places]);
  const opened = open === undefined ? undefined : table.rowAt(open);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={box} tabIndex={0} aria-label="Rows" className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {places === 0 ? (
          <p className="px-6 py-10 text-center text-soft">
            No rows are in this state now. Press “All” to see every row.
          </p>
        ) : (
          <ul className="relative" style={{ height: down.getTotalSize() }}>
            {items.map(({ index, start }) => (
              <li
                key={index}
                aria-setsize={places}
                aria-posinset={index + 1}
                className="absolute top-0 left-0 w-full border-line/70 border-b"
                style={{ transform: `translateY(${start}px)`, height: CARD_HEIGHT }}
              >
                <Card row={table.rowAt(index)} columns={columns} open={() => setOpen(index)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {opened && <RowSheet table={table} row={opened} columns={columns} close={() => setOpen(undefined)} />}
    </>
  );
}

function Card({ row, columns, open }: { row?: TableRow; columns: readonly TableColumn[]; open(): void }) {
  if (!row) return <span className="m-4 block h-3 w-1/2 rounded-full bg-ink/8" />;
  const picture = [...row.outputs.values()].flat().find((shown) => shown.kind === "picture");
  const words = columns.flatMap((column) =>
    column.kind === "cell" && column.input && column.input.type !== "image" ? [cellText(row, column, "")] : [],
  );
  return (
    <button
      type="button"
      onClick={open}
      className="flex size-full items-center gap-3 px-4 py-2 text-left focus-visible:-outline-offset-2"
    >
      <span className="grid size-20 shrink-0 place-items-center overflow-hidden rounded-lg bg-well text-soft text-xs">
        {picture?.kind === "picture" ? <Thumb asset={picture.asset} fill /> : `Row ${row.index + 1}`}
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="flex items-center justify-between gap-2">
          <RowState status={row.status} />
          <span className="text-soft text-xs tabular-nums">
            {row.index + 1} · {row.costUsd === 0 ? "–" : usd(row.costUsd)}
          </span>
        </span>
        <span className="line-clamp-2 text-sm leading-snug">
          {words.filter((word) => word.trim() !== "").join(" · ")}
        </span>
        {row.error && <span className="truncate text-fail text-xs">{row.error.message}</span>}
      </span>
    </button>
  );
}
