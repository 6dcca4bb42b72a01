"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { withCell } from "#lib/client/table/draft.ts";
import { Modal } from "../../../review/modal.tsx";
import { CellEditor } from "../[id]/cell-editor.tsx";
import { ColumnChoice } from "./column-choice.tsx";
import type { DraftProps } from "./draft-props.ts";

const CARD_HEIGHT = 92;

/** The same on a phone: a list of columns, and the rows as cards that open. */
export function DraftCards(props: DraftProps) {
  const { draft, inputs, problems, target, map } = props;
  const { table, mapping } = draft;
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<number>();
  useEffect(() => setOpen(target?.row), [target]);
  const down = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => CARD_HEIGHT,
    overscan: 4,
  });
  return (
    <div className="flex flex-col gap-3">
      <section aria-label="Columns" className="grid grid-cols-2 gap-x-3 gap-y-1 px-4">
        {table.columns.map((name, column) => (
          <ColumnChoice key={name} name={name} column={column} mapping={mapping} inputs={inputs} map={map} />
        ))}
      </section>
      <section
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label="Rows"
        className="h-[55dvh] overflow-y-auto overscroll-contain border-line border-y"
      >
        <ul className="relative" style={{ height: down.getTotalSize() }}>
          {down.getVirtualItems().map(({ index, start }) => {
            const [problem] = problems.cells.get(index)?.values() ?? [];
            const used = (table.rows[index] ?? []).filter(
              (cell, column) => mapping[column] !== undefined && cell.trim() !== "",
            );
            return (
              <li
                key={index}
                aria-setsize={table.rows.length}
                aria-posinset={index + 1}
                className="absolute top-0 left-0 w-full border-line/70 border-b"
                style={{ transform: `translateY(${start}px)`, height: CARD_HEIGHT }}
              >
                <button
                  type="button"
                  onClick={() => setOpen(index)}
                  className={`flex size-full flex-col justify-center gap-1 px-4 py-2 text-left focus-visible:-outline-offset-2 ${problem ? "border-fail border-l-3 bg-fail/8" : ""}`}
                >
                  <span className="text-soft text-xs tabular-nums">Row {index + 1}</span>
                  <span className={`${problem ? "line-clamp-1" : "line-clamp-2"} text-sm leading-snug`}>
                    {used.join(" · ")}
                  </span>
                  {problem && <span className="line-clamp-2 text-fail text-xs leading-tight">{problem}</span>}
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      {open !== undefined && <RowOfDraft {...props} row={open} close={() => setOpen(undefined)} />}
    </div>
  );
}

function RowOfDraft(props: DraftProps & { row: number; close(): void }) {
  const { draft, setDraft, inputs, problems, row } = props;
  const { table, mapping } = draft;
  const [editing, setEditing] = useState<number>();
  return (
    <Modal title={`Row ${row + 1}`} onClose={props.close}>
      <dl className="grid gap-3">
        {table.columns.map((name, column) => (
          <div key={name}>
            <dt className="text-soft text-xs">{name}</dt>
            <dd>
              {editing === column ? (
                <CellEditor
                  flow
                  plain
                  label={name}
                  text={table.rows[row]?.[column] ?? ""}
                  input={inputs.find(({ key }) => key === mapping[column])}
                  check={() => undefined}
                  save={(text) => {
                    setDraft((old) => withCell(old, row, column, text));
                    setEditing(undefined);
                  }}
                  close={() => setEditing(undefined)}
                />
              ) : (
                <button
                  type="button"
                  aria-label={`Edit ${name}`}
                  onClick={() => setEditing(column)}
                  className="min-h-11 w-full whitespace-pre-wrap break-words rounded-lg bg-well px-3 py-2 text-left text-sm"
                >
                  {table.rows[row]?.[column] || "(empty)"}
                </button>
              )}
              {problems.cells.get(row)?.has(column) && (
                <p className="mt-1 text-fail text-xs">{problems.cells.get(row)?.get(column)}</p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
