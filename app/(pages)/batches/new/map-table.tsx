"use client";
import { useDeferredValue, useMemo, useState } from "react";
import type { Pictures } from "#lib/client/table/cell-values.ts";
import { createCellCheck } from "#lib/client/table/check-cells.ts";
import { bodyOf, type Draft, problemsOf } from "#lib/client/table/draft.ts";
import { withMapped } from "#lib/client/table/guess-mapping.ts";
import type { Source } from "#lib/client/table/load-source.ts";
import type { Cell } from "#lib/client/table/selection.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { useNarrow } from "../_grid/use-width.ts";
import { DraftCards } from "./draft-cards.tsx";
import { DraftGrid } from "./draft-grid.tsx";
import { DraftOptions } from "./draft-options.tsx";
import { PictureFiles } from "./picture-files.tsx";
import { PriceBar } from "./price-bar.tsx";
import { SameForAll } from "./same-for-all.tsx";

/** Which column feeds which input, every cell checked, and what it would cost. */
export function MapTable(props: { source: Source; first: Draft; note?: string; back(): void }) {
  const { source } = props;
  const { inputs } = source;
  const [draft, setDraft] = useState(props.first);
  const [pictures, setPictures] = useState<Pictures>(new Map());
  const [target, goTo] = useState<Cell>();
  const narrow = useNarrow();
  const check = useMemo(() => createCellCheck(pictures), [pictures]);
  // A table of 10,000 rows is checked while the screen already shows the edit.
  const looked = useDeferredValue(draft);
  const problems = useMemo(() => problemsOf(looked, inputs, check), [looked, inputs, check]);
  const body = useMemo(
    () => ({ ...source.what, ...bodyOf(looked, inputs, pictures) }),
    [source, looked, inputs, pictures],
  );
  const map = (column: number, key: string | undefined) =>
    setDraft((old) => ({ ...old, mapping: withMapped(old.mapping, column, key) }));
  const shared = { draft, setDraft, inputs, problems, pictures, target, goTo, map };
  return (
    <div data-wide="" className={`flex flex-col ${narrow ? "" : "h-[calc(100dvh-3.5rem)] min-h-112"}`}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 pt-4 pb-3 sm:px-6">
        <h1 className="font-semibold text-xl tracking-tight">
          New table <span className="font-normal text-soft">of {source.name}</span>
        </h1>
        <button
          type="button"
          onClick={props.back}
          className="min-h-9 text-sm text-soft underline underline-offset-4 hover:text-ink"
        >
          Bring another table
        </button>
      </header>
      {props.note && (
        <div className="px-4 pb-3 sm:px-6">
          <Notice tone="hold" title={props.note} />
        </div>
      )}
      <DraftOptions {...shared} />
      <SameForAll {...shared} />
      <PictureFiles {...shared} setPictures={setPictures} />
      {narrow ? <DraftCards {...shared} /> : <DraftGrid {...shared} />}
      <PriceBar draft={looked} body={body} name={source.name} problems={problems} settled={looked === draft} />
    </div>
  );
}
