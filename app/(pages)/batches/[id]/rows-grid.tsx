"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { createCellCheck } from "#lib/client/table/check-cells.ts";
import { plainName } from "#lib/client/table/guess-mapping.ts";
import { type Cell, GRID_START, type GridState, type GridWish, rangeOf } from "#lib/client/table/selection.ts";
import { cellText } from "#lib/client/table/table-columns.ts";
import type { TableRow } from "#lib/client/table/table-row.ts";
import { writeCells } from "#lib/client/table/write-cells.ts";
import { Grid } from "../_grid/grid.tsx";
import type { GridColumn } from "../_grid/grid-row.tsx";
import { CellEditor } from "./cell-editor.tsx";
import { DrawnCell } from "./drawn-cell.tsx";
import { SelectedBar } from "./selected-bar.tsx";
import { useTable } from "./use-batch-table.ts";
import { useColumns } from "./use-columns.ts";

const WIDTHS = { row: 116, state: 190, cell: 190, output: 168, cost: 92 } as const;
const ROW_HEIGHT = 84;
const MOST_COPIED = 2_000;

/** All rows of a batch as a grid: only those in sight are drawn, the keyboard goes everywhere. */
export function RowsGrid({ table }: { table: BatchTable }) {
  const router = useRouter();
  const columns = useColumns(table);
  const name = useTable(table, ({ view }) => view?.name || view?.graphName || "");
  const filter = useTable(table, (state) => state.filter);
  useTable(table, (state) => state.edition);
  useTable(table, (state) => state.listed);
  const allRows = useTable(table, ({ view }) => (filter === undefined ? view?.total : view?.counts[filter]));
  const [state, setState] = useState<GridState>(GRID_START);
  const [editing, setEditing] = useState<Cell>();
  const grid = useRef<HTMLDivElement>(null);
  // Places mean other rows under another filter.
  useEffect(() => {
    setState(GRID_START);
    setEditing(undefined);
  }, [filter]);

  const shown = useMemo(
    (): GridColumn[] =>
      columns.map((column) => ({
        key: column.key,
        title: column.title,
        width: WIDTHS[column.kind],
        grow: column.kind === "cell" || column.kind === "output",
        head: (
          <Head
            title={column.title}
            feeds={column.kind === "cell" ? (column.input?.title ?? column.input?.key) : undefined}
          />
        ),
      })),
    [columns],
  );
  const latest = useRef(state);
  latest.current = state;
  const chosenNow = state.chosen;
  const toggle = useCallback((place: number) => {
    const chosen = new Set(latest.current.chosen);
    if (!chosen.delete(place)) chosen.add(place);
    setState({ ...latest.current, chosen });
  }, []);
  const drawCell = useCallback(
    (row: TableRow | undefined, place: number, column: number) => (
      <DrawnCell row={row} place={place} column={columns[column]} chosen={chosenNow.has(place)} toggle={toggle} />
    ),
    [columns, toggle, chosenNow],
  );
  const rowAt = useCallback((place: number) => table.rowAt(place), [table]);

  const copy = async () => {
    const { from, to } = rangeOf(state);
    const single = from.row === to.row && from.column === to.column;
    const places =
      single && state.chosen.size > 0
        ? [...state.chosen].sort((a, b) => a - b)
        : Array.from({ length: to.row - from.row + 1 }, (_, index) => from.row + index);
    const wanted = single && state.chosen.size > 0 ? columns : columns.slice(from.column, to.column + 1);
    const rows = await table.read(places.slice(0, MOST_COPIED));
    await navigator.clipboard.writeText(
      writeCells(rows.map((row) => wanted.map((column) => cellText(row, column, location.origin)))),
    );
    table.setState({
      told: {
        tone: "plain",
        text:
          places.length > MOST_COPIED
            ? `The first ${MOST_COPIED.toLocaleString("en")} rows were copied. Take rows.csv for all of them.`
            : `${rows.length * wanted.length === 1 ? "1 cell" : `${rows.length * wanted.length} cells`} copied.`,
      },
    });
  };
  const wish = (what: GridWish, at: Cell) => {
    if (what === "copy")
      return void copy().catch(() =>
        table.setState({ told: { tone: "fail", text: "This browser did not let the cells be copied." } }),
      );
    if (what !== "edit") return;
    const column = columns[at.column];
    const row = table.rowAt(at.row);
    if (!row || !column) return;
    if (column.kind === "cell") setEditing(at);
    else if (row.runId !== undefined) router.push(`/runs/${row.runId}`);
    else table.setState({ told: { tone: "plain", text: `Row ${row.index + 1} has no run yet.` } });
  };
  const editedColumn = editing && columns[editing.column];
  const editedRow = editing && table.rowAt(editing.row);
  const close = () => {
    setEditing(undefined);
    grid.current?.focus();
  };

  return (
    <>
      <Grid
        ref={grid}
        label={`Rows of ${name}`}
        className="flex-1"
        rows={table.places()}
        allRows={allRows}
        columns={shown}
        sticky={2}
        rowHeight={ROW_HEIGHT}
        headHeight={44}
        state={state}
        onState={setState}
        onWish={wish}
        rowAt={rowAt}
        drawCell={drawCell}
        look={table.look}
        over={
          editing && editedRow && editedColumn?.kind === "cell"
            ? {
                at: editing,
                node: (
                  <CellEditor
                    label={`${editedColumn.title}, row ${editedRow.index + 1}`}
                    text={editedRow.cells[editedColumn.index] ?? ""}
                    input={editedColumn.input}
                    check={(text) => editedColumn.input && createCellCheck(new Map())(editedColumn.input, text)}
                    save={(text, run) => {
                      close();
                      void table.edit(editedRow.index, editedColumn.title, text, run);
                    }}
                    close={close}
                  />
                ),
              }
            : undefined
        }
      />
      {table.places() === 0 && (
        <p className="px-6 py-10 text-center text-soft">No rows are in this state now. Press “All” to see every row.</p>
      )}
      <SelectedBar
        table={table}
        places={state.chosen}
        clear={() => {
          setState({ ...state, chosen: new Set() });
          grid.current?.focus();
        }}
      />
    </>
  );
}

function Head({ title, feeds }: { title: string; feeds?: string }) {
  return (
    <>
      <span className="truncate font-medium" title={title}>
        {title}
      </span>
      {feeds !== undefined && plainName(feeds) !== plainName(title) && (
        <span className="truncate text-soft">→ {feeds}</span>
      )}
    </>
  );
}
