"use client";
import { Download } from "lucide-react";
import { useId, useState } from "react";
import { Part } from "./part.tsx";

/** The ledger as a file: every call with what was reserved, paid and counted. */
export function LedgerForm() {
  const id = useId();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const query = new URLSearchParams({ ...(from && { from }), ...(to && { to }) }).toString();
  const field = "min-h-10 rounded-lg border border-line bg-well px-3 text-sm";
  return (
    <Part
      title="The ledger"
      says="Every call, simulated ones too, as CSV for a spreadsheet. Days are UTC; left empty, all of them."
    >
      <div className="flex flex-wrap items-end gap-3">
        <label htmlFor={`${id}-from`} className="flex flex-col gap-1 text-sm">
          From
          <input
            id={`${id}-from`}
            type="date"
            value={from}
            max={to || undefined}
            onChange={(event) => setFrom(event.target.value)}
            className={field}
          />
        </label>
        <label htmlFor={`${id}-to`} className="flex flex-col gap-1 text-sm">
          To
          <input
            id={`${id}-to`}
            type="date"
            value={to}
            min={from || undefined}
            onChange={(event) => setTo(event.target.value)}
            className={field}
          />
        </label>
        <a
          href={`/api/money/ledger.csv${query === "" ? "" : `?${query}`}`}
          download
          className="inline-flex min-h-10 items-center gap-2 rounded-lg border border-line px-4 py-2 font-medium text-sm hover:bg-ink/8"
        >
          <Download aria-hidden="true" className="size-4" />
          Download CSV
        </a>
      </div>
    </Part>
  );
}
