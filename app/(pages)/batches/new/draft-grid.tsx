"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { withCell } from "#lib/client/table/draft.ts";
import { type Cell, GRID_START, type GridState, type GridWish, rangeOf } from "#lib/client/table/selection.ts";
import { writeCells } from "#lib/client/table/write-cells.ts";
import { Grid } from "../_grid/grid.tsx";
import type { GridColumn } from "../_grid/grid-row.tsx";
import { CellEditor } from "../[id]/cell-editor.tsx";
import { CellPictures } from "../cell-pictures.tsx";
import { ColumnChoice } from "./column-choice.tsx";
import type { DraftProps } from "./draft-props.ts";

/** The table as it was brought; the head of a column says which input it feeds, a cell what is wrong with it. */
export function DraftGrid(props: DraftProps) {
  const { draft, setDraft, inputs, problems, pictures, target, map } = props;
  const { table, mapping } = draft;
  const [state, setState] = useState<GridState>(GRID_START);
  const [editing, setEditing] = useState<Cell>();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!target) return;
    const at = { row: target.row, column: target.column + 1 };
    setState((old) => ({ ...old, at, anchor: at }));
    grid.current?.focus();
  }, [target]);
  const columns = useMemo(
    (): GridColumn[] => [
      { key: "line", title: "Row", width: 80 },
      ...table.columns.map((name, column) => ({
        key: name,
        title: name,
        width: 220,
        grow: true,
        head: <ColumnChoice name={name} column={column} mapping={mapping} inputs={inputs} map={map} />,
      })),
    ],
    [table.columns, mapping, inputs, map],
  );
  const inputOf = useCallback((column: number) => inputs.find(({ key }) => key === mapping[column]), [inputs, mapping]);
  const drawCell = useCallback(
    (row: readonly string[] | undefined, place: number, column: number) => {
      if (column === 0)
        return <span className="flex h-full items-center pr-3 pl-6 text-soft text-sm tabular-nums">{place + 1}</span>;
      const text = row?.[column - 1] ?? "";
      const input = inputOf(column - 1);
      const problem = problems.cells.get(place)?.get(column - 1);
      return (
        <span
          className={`flex h-full flex-col justify-center ${problem ? "border-fail border-l-3 bg-fail/8" : ""} ${input ? "" : "opacity-60"}`}
        >
          {input?.type === "image" && !problem ? (
            <CellPictures text={text} many={input.many === true} pictures={pictures} small />
          ) : (
            <span
              className={`${problem ? "line-clamp-1" : "line-clamp-2"} whitespace-pre-wrap break-words px-3 text-sm leading-snug`}
            >
              {text}
            </span>
          )}
          {problem && (
            <span className="line-clamp-2 px-3 text-fail text-xs leading-tight" title={problem}>
              {problem}
            </span>
          )}
        </span>
      );
    },
    [inputOf, problems, pictures],
  );
  const rowAt = useCallback((place: number) => table.rows[place], [table.rows]);
  const wish = (what: GridWish, at: Cell) => {
    if (what === "edit" && at.column > 0) setEditing(at);
    if (what !== "copy") return;
    const { from, to } = rangeOf(state);
    const rows = table.rows
      .slice(from.row, to.row + 1)
      .map((row) => row.slice(Math.max(0, from.column - 1), to.column));
    void navigator.clipboard.writeText(writeCells(rows));
  };
  const close = () => {
    setEditing(undefined);
    grid.current?.focus();
  };
  return (
    <Grid
      ref={grid}
      label="Rows of the new table"
      className="flex-1 border-line border-t"
      rows={table.rows.length}
      columns={columns}
      sticky={1}
      rowHeight={60}
      headHeight={72}
      state={state}
      onState={setState}
      onWish={wish}
      rowAt={rowAt}
      drawCell={drawCell}
      over={
        editing && {
          at: editing,
          node: (
            <CellEditor
              plain
              label={`${table.columns[editing.column - 1]}, row ${editing.row + 1}`}
              text={table.rows[editing.row]?.[editing.column - 1] ?? ""}
              input={inputOf(editing.column - 1)}
              check={() => undefined}
              save={(text) => {
                setDraft((old) => withCell(old, editing.row, editing.column - 1, text));
                close();
              }}
              close={close}
            />
          ),
        }
      }
    />
  );
}
