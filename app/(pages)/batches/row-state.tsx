import { CircleDashed, Pencil } from "lucide-react";
import { ROW_WORDS } from "#lib/client/table/batch-words.ts";
import type { RowStatus } from "#lib/protocol/batches.ts";
import { StatePill } from "../../_ui/state-pill.tsx";

/** The status of a row: a word, a sign and a colour. */
export function RowState({ status }: { status: RowStatus }) {
  if (status === "succeeded") return <StatePill state="done" />;
  if (status !== "empty" && status !== "stale") return <StatePill state={status} />;
  const Icon = status === "empty" ? CircleDashed : Pencil;
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border border-line px-2.5 py-0.5 font-medium text-xs ${status === "stale" ? "text-hold" : "text-soft"}`}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {ROW_WORDS[status]}
    </span>
  );
}
