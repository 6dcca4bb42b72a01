// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements cannot be; roles say what they are.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for its cells.
"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { type Cell, type GridState, type GridWish, moveTo, pressKey, rangeOf } from "#lib/client/table/selection.ts";
import { type GridColumn, GridRow } from "./grid-row.tsx";
import { layoutColumns } from "./layout-columns.ts";
import { useWidth } from "./use-width.ts";

/**
 * A table of any length: only the rows and columns in sight are in the document, the heads stay in place, and the keyboard goes from cell to
 * cell. Screen readers are told how many rows there are and where they stand.
 */
export function Grid<Row>(props: {
  label: string;
  rows: number;
  /** How many there will be, where more are known of than are here yet. */
  allRows?: number;
  columns: readonly GridColumn[];
  /** How many columns on the left stay in sight. */
  sticky: number;
  rowHeight: number;
  headHeight: number;
  state: GridState;
  onState(state: GridState): void;
  onWish(wish: GridWish, at: Cell): void;
  /** Keeps its identity as long as the row looks the same. */
  rowAt(place: number): Row | undefined;
  /** Must be stable: rows that did not change are not drawn again. */
  drawCell(row: Row | undefined, place: number, column: number): ReactNode;
  /** Rows from … to … are in sight. */
  look?(from: number, to: number): void;
  /** Something that takes the place of a cell, e.g. its editor. */
  over?: { at: Cell; node: ReactNode };
  ref?: Ref<HTMLDivElement>;
  className?: string;
}) {
  const { rows, columns, sticky, rowHeight, headHeight, state, onState, look } = props;
  const id = useId();
  const box = useRef<HTMLDivElement | null>(null);
  const width = useWidth(box);
  const { lefts, widths, total } = useMemo(() => layoutColumns(columns, width), [columns, width]);
  const stickyWidth = lefts[sticky] ?? total;

  const down = useVirtualizer({
    count: rows,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 2,
    scrollPaddingStart: stickyWidth,
  });
  useLayoutEffect(() => across.measure(), [widths]);
  useLayoutEffect(() => down.measure(), [rowHeight]);

  const items = down.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows > 0) look?.(first, last);
  }, [look, first, last, rows]);
  const across0 = across.getVirtualItems();
  const from = across0[0]?.index ?? 0;
  const to = across0.at(-1)?.index ?? columns.length - 1;
  const shown = useMemo(
    () => columns.map((_, index) => index).filter((index) => index < sticky || (index >= from && index <= to)),
    [columns, sticky, from, to],
  );

  const { at } = state;
  const moved = useRef(at);
  useEffect(() => {
    if (moved.current === at) return;
    moved.current = at;
    down.scrollToIndex(at.row, { align: "auto" });
    if (at.column >= sticky) across.scrollToIndex(at.column, { align: "auto" });
  }, [at, down, across, sticky]);

  const size = () => ({
    rows,
    columns: columns.length,
    page: Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1),
  });
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === " " && target.matches("input, button, a")) return;
    if (event.key === "Enter" && target.matches("button, a")) return;
    const pressed = pressKey(
      state,
      { key: event.key, shift: event.shiftKey, mod: event.ctrlKey || event.metaKey },
      size(),
    );
    if (!pressed) return;
    if (pressed.wish !== "leave") event.preventDefault();
    if (pressed.state !== state) onState(pressed.state);
    if (pressed.wish) props.onWish(pressed.wish, pressed.state.at);
  };
  // Rows are drawn again only when they change: what they call must reach the newest state all the same.
  const latest = useRef({ press: (_: Cell, __: boolean) => {}, open: (_: Cell) => {} });
  latest.current = {
    press: (cell, extend) => onState(moveTo(state, cell, size(), extend)),
    open: (cell) => props.onWish("edit", cell),
  };
  const press = useCallback((cell: Cell, extend: boolean) => latest.current.press(cell, extend), []);
  const open = useCallback((cell: Cell) => latest.current.open(cell), []);
  const range = rangeOf(state);
  const rendered = at.row >= first && at.row <= last && shown.includes(at.column);

  return (
    <div
      ref={(node) => {
        box.current = node;
        if (typeof props.ref === "function") props.ref(node);
        else if (props.ref) props.ref.current = node;
      }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={Math.max(rows, props.allRows ?? 0) + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={rendered ? `${id}-${at.row}-${at.column}` : undefined}
      tabIndex={0}
      onKeyDown={onKey}
      className={`group/grid relative min-h-0 overflow-auto overscroll-contain bg-canvas focus-visible:outline-none ${props.className ?? ""}`}
    >
      <div role="rowgroup" className="sticky top-0 z-20" style={{ width: total, height: headHeight }}>
        <div role="row" aria-rowindex={1} className="flex h-full border-line border-b bg-surface text-xs">
          {shown.map((column) => (
            <div
              key={columns[column]?.key}
              role="columnheader"
              aria-colindex={column + 1}
              className={`flex h-full min-w-0 flex-col justify-center px-3 ${column === 0 ? "sm:pl-6" : ""} ${column < sticky ? "sticky z-10 bg-surface" : "absolute top-0"} ${column === sticky - 1 ? "border-line border-r" : ""}`}
              style={{ left: lefts[column], width: widths[column] }}
            >
              {columns[column]?.head ?? <span className="truncate font-medium">{columns[column]?.title}</span>}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ width: total, height: rows * rowHeight }}>
        {items.map(({ index, start }) => (
          <GridRow
            key={index}
            id={`${id}-${index}`}
            place={index}
            top={start - headHeight}
            height={rowHeight}
            width={total}
            row={props.rowAt(index)}
            shown={shown}
            sticky={sticky}
            lefts={lefts}
            widths={widths}
            at={index === at.row ? at.column : undefined}
            rangeFrom={index >= range.from.row && index <= range.to.row ? range.from.column : undefined}
            rangeTo={index >= range.from.row && index <= range.to.row ? range.to.column : undefined}
            chosen={state.chosen.has(index)}
            over={props.over?.at.row === index ? props.over : undefined}
            drawCell={props.drawCell as (row: unknown, place: number, column: number) => ReactNode}
            press={press}
            open={open}
          />
        ))}
      </div>
    </div>
  );
}
