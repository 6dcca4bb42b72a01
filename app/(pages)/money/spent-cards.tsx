import Link from "next/link";
import { usedOf } from "#lib/client/money/figures.ts";
import { count, usd } from "#lib/client/words.ts";
import type { MoneyReport, Spent } from "#lib/protocol/money-report.ts";

/** Today against its cap, seven and thirty days, and what the simulator did. */
export function SpentCards({ report }: { report: MoneyReport }) {
  const { today, week, month, caps, simulatedWork } = report;
  const used = usedOf(today.spentUsd, caps.dayUsd);
  return (
    <section aria-label="Spent" className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Card title="Today" spent={today}>
        {caps.dayUsd === null ? (
          <p>No cap for the day.</p>
        ) : (
          <>
            <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-well ring-1 ring-line ring-inset">
              <div
                className={`h-full rounded-full ${(used ?? 0) >= 0.9 ? "bg-hold" : "bg-brand"}`}
                style={{ width: `${(used ?? 0) * 100}%` }}
              />
            </div>
            <p className="mt-2">
              of {usd(caps.dayUsd)} a day{caps.runUsd === null ? "" : `, ${usd(caps.runUsd)} a run`}.{" "}
              <Link href="/settings" className="underline underline-offset-2">
                Change
              </Link>
            </p>
          </>
        )}
      </Card>
      <Card title="Last 7 days" spent={week} />
      <Card title="Last 30 days" spent={month} />
      <article className="rounded-xl border border-line border-dashed p-4 max-lg:col-span-2">
        <h2 className="text-sm text-soft">Simulated, 30 days</h2>
        <p className="mt-1 font-semibold text-2xl tabular-nums tracking-tight">
          {simulatedWork.calls.toLocaleString("en")}
        </p>
        <p className="mt-1 text-sm text-soft">
          {simulatedWork.calls === 0
            ? "no calls; nothing was practised"
            : `${simulatedWork.calls === 1 ? "call" : "calls"} in ${count(simulatedWork.runs, "run")}, all for free`}
        </p>
      </article>
    </section>
  );
}

function Card({ title, spent, children }: { title: string; spent: Spent; children?: React.ReactNode }) {
  return (
    <article className={`rounded-xl border border-line bg-surface p-4 ${children ? "max-lg:col-span-2" : ""}`}>
      <h2 className="text-sm text-soft">{title}</h2>
      <p className="mt-1 font-semibold text-2xl tabular-nums tracking-tight">{usd(spent.spentUsd)}</p>
      <div className="mt-1 text-sm text-soft">
        <p className={children ? "mb-2" : ""}>
          {spent.calls === 0
            ? "no paid calls"
            : `${spent.calls.toLocaleString("en")} paid ${spent.calls === 1 ? "call" : "calls"}`}
        </p>
        {children}
      </div>
    </article>
  );
}
