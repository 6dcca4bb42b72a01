"use client";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { aboutCost } from "#lib/client/table/batch-words.ts";
import { usd } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";
import { useTable } from "./use-batch-table.ts";

/** Asks once before many rows run: how many, about what they cost, and what stops them. */
export function RunConfirm({ table }: { table: BatchTable }) {
  const asked = useTable(table, (state) => state.asked);
  const view = useTable(table, (state) => state.view);
  if (!asked || !view) return null;
  const about = aboutCost(view, asked.rows);
  const rows = asked.rows.toLocaleString("en");
  return (
    <Modal title={`Run ${rows} rows?`} onClose={() => table.answer(false)}>
      <p>
        {view.simulated
          ? "The simulator draws; nothing is paid."
          : about === undefined
            ? "What they cost is known when the first are done; results that are known already are free."
            : `They cost about ${usd(about)}, judging by the rows that are done.`}
      </p>
      <p className="text-soft text-sm">
        {view.budgetUsd === null
          ? "No budget is set for this table."
          : `Its budget of ${usd(view.budgetUsd)} stops it before more is spent.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="first" onClick={() => table.answer(true)}>
          Run {rows} rows
        </Button>
        <Button onClick={() => table.answer(false)}>Not yet</Button>
      </div>
    </Modal>
  );
}
