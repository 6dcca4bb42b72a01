import type { Dispatch, SetStateAction } from "react";
import type { Pictures } from "#lib/client/table/cell-values.ts";
import type { Draft, Problems } from "#lib/client/table/draft.ts";
import type { Cell } from "#lib/client/table/selection.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";

/** What every part of the mapping screen is given. */
export type DraftProps = {
  draft: Draft;
  setDraft: Dispatch<SetStateAction<Draft>>;
  inputs: readonly GraphInput[];
  problems: Problems;
  pictures: Pictures;
  /** The cell that was asked for last, a new object each time; `goTo` asks for one. */
  target: Cell | undefined;
  goTo(cell: Cell | undefined): void;
  /** A column feeds this input, or none. */
  map(column: number, key: string | undefined): void;
};
