import { heights } from "#lib/client/money/figures.ts";
import { usd } from "#lib/client/words.ts";
import type { MoneyReport } from "#lib/protocol/money-report.ts";
import { Part } from "./part.tsx";

const short = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** Thirty days as bars. The same figures stand in a list for those who do not see them. */
export function DayBars({ report: { days, month } }: { report: MoneyReport }) {
  if (month.spentUsd === 0) return null;
  const bars = heights(days);
  const most = Math.max(...days.map(({ spentUsd }) => spentUsd));
  return (
    <Part title="Day by day">
      <div className="rounded-xl border border-line bg-surface p-4">
        <p className="text-soft text-xs tabular-nums">most in a day: {usd(most)}</p>
        <ul className="mt-2 flex h-32 items-end gap-px sm:gap-1" aria-label="Spent on each of the last 30 days">
          {days.map(({ day, spentUsd }, index) => (
            <li
              key={day}
              title={`${short(day)}: ${usd(spentUsd)}`}
              className="relative flex h-full flex-1 items-end rounded-t-sm hover:bg-ink/8"
            >
              <span className="sr-only">{`${short(day)}: ${usd(spentUsd)}`}</span>
              <span
                aria-hidden="true"
                className="block w-full rounded-t-sm bg-brand/80"
                style={{ height: `${(bars[index] ?? 0) * 100}%` }}
              />
            </li>
          ))}
        </ul>
        <p aria-hidden="true" className="mt-2 flex justify-between text-soft text-xs">
          <span>{short(days[0]?.day ?? "")}</span>
          <span>today</span>
        </p>
      </div>
    </Part>
  );
}
