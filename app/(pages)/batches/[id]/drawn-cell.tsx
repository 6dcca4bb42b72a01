"use client";
import { ExternalLink } from "lucide-react";
import Link from "next/link";
import type { TableColumn } from "#lib/client/table/table-columns.ts";
import type { TableRow } from "#lib/client/table/table-row.ts";
import { usd } from "#lib/client/words.ts";
import { CellPictures, Thumb } from "../cell-pictures.tsx";
import { RowState } from "../row-state.tsx";

const MOST_THUMBS = 4;

/** One cell of a batch's table. */
export function DrawnCell(props: {
  row: TableRow | undefined;
  place: number;
  column: TableColumn | undefined;
  chosen: boolean;
  toggle(place: number): void;
}) {
  const { row, place, column } = props;
  if (!column) return null;
  if (!row)
    return (
      <span className="flex h-full items-center px-3">
        <span className="h-2.5 w-2/3 rounded-full bg-ink/8" />
        {column.kind === "row" && <span className="sr-only">Loading</span>}
      </span>
    );
  switch (column.kind) {
    case "row":
      return <RowNumber row={row} chosen={props.chosen} toggle={() => props.toggle(place)} />;
    case "state":
      return (
        <span className="flex h-full flex-col items-start justify-center gap-1 px-3">
          <RowState status={row.status} />
          {row.error && (
            <span className="line-clamp-2 text-fail text-xs leading-tight" title={row.error.message}>
              {row.error.message}
            </span>
          )}
        </span>
      );
    case "cost":
      return (
        <span className="flex h-full items-center px-3 text-sm tabular-nums">
          {row.costUsd === 0 ? "–" : usd(row.costUsd)}
        </span>
      );
    case "output":
      return <Results row={row} column={column} />;
    case "cell": {
      const text = row.cells[column.index] ?? "";
      if (column.input?.type === "image") return <CellPictures text={text} many={column.input.many === true} />;
      return (
        <span className="flex h-full items-center px-3">
          <span
            className={`line-clamp-3 whitespace-pre-wrap break-words text-sm leading-snug ${column.input ? "" : "text-soft"}`}
          >
            {text}
          </span>
        </span>
      );
    }
  }
}

function RowNumber({ row, chosen, toggle }: { row: TableRow; chosen: boolean; toggle(): void }) {
  return (
    <span className="flex h-full items-center gap-2 pr-3 pl-6 text-sm tabular-nums">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select row ${row.index + 1}`}
        checked={chosen}
        onChange={toggle}
        className="size-4 accent-brand"
      />
      {row.index + 1}
      {row.runId !== undefined && (
        <Link
          href={`/runs/${row.runId}`}
          tabIndex={-1}
          prefetch={false}
          aria-label={`Run of row ${row.index + 1}`}
          title="Open its run"
          className="grid size-6 place-items-center rounded text-soft opacity-0 hover:text-ink focus-visible:opacity-100 group-hover/cell:opacity-100 pointer-coarse:opacity-100"
        >
          <ExternalLink aria-hidden="true" className="size-3.5" />
        </Link>
      )}
    </span>
  );
}

/** What a node gave: thumbnails that open the run, or words. While the row is changed they are of before. */
function Results({ row, column }: { row: TableRow; column: TableColumn }) {
  const shown = row.outputs.get(column.key.slice(4)) ?? [];
  const pictures = shown.filter((one) => one.kind === "picture");
  const words = shown.flatMap((one) => (one.kind === "words" ? [one.text] : []));
  const old = row.status === "stale" || row.status === "queued" || row.status === "running";
  if (pictures.length === 0)
    return (
      <span className="flex h-full items-center px-3">
        <span className={`line-clamp-3 text-sm leading-snug ${old ? "opacity-50" : ""}`}>{words.join(" · ")}</span>
      </span>
    );
  return (
    <Link
      href={`/runs/${row.runId ?? ""}`}
      tabIndex={-1}
      prefetch={false}
      aria-label={`${column.title} of row ${row.index + 1}: ${pictures.length === 1 ? "1 picture" : `${pictures.length} pictures`}${old ? ", of before" : ""}. Open its run`}
      className={`flex h-full items-center gap-1 px-2 ${old ? "opacity-50" : ""}`}
    >
      {pictures.slice(0, MOST_THUMBS).map(({ asset }, index) => (
        <Thumb key={index} asset={asset} />
      ))}
      {pictures.length > MOST_THUMBS && <span className="text-soft text-xs">+{pictures.length - MOST_THUMBS}</span>}
    </Link>
  );
}
