import type { Dispatch, SetStateAction } from "react";
import type { Pictures } from "#lib/client/table/cell-values.ts";
import type { Draft, Problems } from "#lib/client/table/draft.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";

/** What every part of the mapping screen is given. */
export type DraftProps = {
  draft: Draft;
  setDraft: Dispatch<SetStateAction<Draft>>;
  inputs: readonly GraphInput[];
  problems: Problems;
  pictures: Pictures;
  /** A column feeds this input, or none. */
  map(column: number, key: string | undefined): void;
};
