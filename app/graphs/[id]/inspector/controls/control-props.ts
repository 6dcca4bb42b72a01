import type { ComponentType, ReactNode } from "react";
import type { Control, Field } from "#lib/client/editor/fields/control.ts";
import type { Graph } from "#lib/protocol/graph.ts";

/** Sets a value; undefined goes back to the default. `first` changes the document in the same step, e.g. makes the input that is bound. */
export type SetValue = (value: unknown, first?: (graph: Graph) => Graph) => void;

/** What one setting is drawn from, at every depth. */
export type FieldBoxProps = {
  field: Field;
  path: string;
  value: unknown;
  onChange: SetValue;
  onDone(): void;
  aside?: ReactNode;
  /** Several nodes say different things. */
  mixed?: boolean;
};

/** What every control is given. `value` undefined = the default holds; `onChange(undefined)` goes back to it. */
export type ControlProps<K extends Control["kind"] = Control["kind"]> = {
  /** Id of the element the label belongs to. */
  id: string;
  field: Field;
  control: Extract<Control, { kind: K }>;
  /** Where the setting stands in the config: `targets.0.width`. */
  path: string;
  value: unknown;
  onChange: SetValue;
  /** The gesture is over: what comes next is a step of its own. */
  onDone(): void;
  /** Ids of what explains it: help and problems. */
  describedBy?: string;
  wrong?: boolean;
  /** Draws a setting that is part of this one. */
  Part: ComponentType<FieldBoxProps>;
  /** Why it does nothing now. */
  disabled?: string;
};

/** How everything that is typed into looks. */
export const BOX =
  "w-full min-w-0 rounded-lg border border-line bg-well px-2.5 py-1.5 text-sm placeholder:text-soft aria-invalid:border-fail disabled:opacity-60";

/** How a small square button beside a setting looks. */
export const MINI =
  "inline-grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-ink/8 hover:text-ink disabled:opacity-40 pointer-coarse:size-9";

/** How a small button with a word looks. */
export const SMALL =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-lg border border-line px-2.5 py-1 font-medium text-xs hover:bg-ink/8 disabled:opacity-50 pointer-coarse:min-h-10";
