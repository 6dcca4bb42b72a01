// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements cannot be; roles say what they are.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for its cells.
"use client";
import { memo, type ReactNode } from "react";
import type { Cell } from "#lib/client/table/selection.ts";

/** A column of a grid; `grow` shares what is left of the width. */
export type GridColumn = { key: string; title: string; width: number; grow?: boolean; head?: ReactNode };

type RowProps = {
  id: string;
  place: number;
  top: number;
  height: number;
  width: number;
  row: unknown;
  shown: readonly number[];
  sticky: number;
  lefts: readonly number[];
  widths: readonly number[];
  at: number | undefined;
  rangeFrom: number | undefined;
  rangeTo: number | undefined;
  chosen: boolean;
  over: { at: Cell; node: ReactNode } | undefined;
  drawCell(row: unknown, place: number, column: number): ReactNode;
  press(cell: Cell, extend: boolean): void;
  open(cell: Cell): void;
};

/** A row of a grid. It is drawn again when something of it changed, not because its neighbours move. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { place, shown, sticky, at, rangeFrom, rangeTo, chosen, over } = props;
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={chosen}
      className={`absolute top-0 left-0 flex border-line/70 border-b ${chosen ? "bg-brand/8" : ""} ${over ? "z-15" : ""}`}
      style={{ transform: `translateY(${props.top}px)`, height: props.height, width: props.width }}
    >
      {shown.map((column) => {
        const inRange =
          rangeFrom !== undefined &&
          rangeTo !== undefined &&
          column >= rangeFrom &&
          column <= rangeTo &&
          rangeFrom !== rangeTo;
        const tone = chosen ? "bg-[color-mix(in_srgb,var(--brand)_8%,var(--canvas))]" : "bg-canvas";
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the focus and hears the keys.
          <div
            key={column}
            id={`${props.id}-${column}`}
            role="gridcell"
            aria-colindex={column + 1}
            data-at={at === column || undefined}
            className={`group/cell h-full min-w-0 ${over?.at.column === column ? "z-30" : "overflow-hidden"} ${
              column < sticky ? `sticky z-10 ${tone}` : "absolute top-0"
            } ${column === sticky - 1 ? "border-line border-r" : ""} ${
              inRange ? "bg-brand/10" : ""
            } group-focus/grid:data-at:outline-2 group-focus/grid:data-at:outline-brand group-focus/grid:data-at:-outline-offset-2`}
            style={{ left: props.lefts[column], width: props.widths[column] }}
            onClick={(event) => {
              if ((event.target as HTMLElement).closest("a, button, input, textarea, select")) return;
              props.press({ row: place, column }, event.shiftKey);
            }}
            onDoubleClick={(event) => {
              if ((event.target as HTMLElement).closest("a, button, input, textarea, select")) return;
              props.open({ row: place, column });
            }}
          >
            {over?.at.column === column ? over.node : props.drawCell(props.row, place, column)}
          </div>
        );
      })}
    </div>
  );
});
