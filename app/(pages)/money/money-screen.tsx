"use client";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { MoneyReport } from "#lib/protocol/money-report.ts";
import { Notice } from "../../_ui/notice.tsx";
import { DayBars } from "./day-bars.tsx";
import { HeldCalls } from "./held-calls.tsx";
import { LedgerForm } from "./ledger-form.tsx";
import { Reconciled } from "./reconciled.tsx";
import { Shares } from "./shares.tsx";
import { SpentCards } from "./spent-cards.tsx";

/** What was spent and on what, what is held, and how well the estimates held. */
export function MoneyScreen() {
  const { value: report, error, reload } = useLoaded<MoneyReport>("/api/money");
  return (
    <div className="flex flex-col gap-10">
      <header>
        <h1 className="font-semibold text-2xl tracking-tight">Money</h1>
        <p className="mt-1 max-w-[60ch] text-soft">
          What the provider was paid. Days begin at midnight UTC, as the daily cap does. What the simulator draws costs
          nothing and is counted apart.
        </p>
      </header>
      {error !== undefined && (
        <Notice tone="fail" title={sayWhy(error)}>
          <button type="button" className="underline" onClick={reload}>
            Try again
          </button>
        </Notice>
      )}
      {!report && error === undefined && <div className="h-96 rounded-xl bg-surface" aria-busy="true" />}
      {report && (
        <>
          <SpentCards report={report} />
          <HeldCalls report={report} reload={reload} />
          <DayBars report={report} />
          <Shares report={report} />
          <Reconciled report={report} />
          <LedgerForm />
        </>
      )}
    </div>
  );
}
