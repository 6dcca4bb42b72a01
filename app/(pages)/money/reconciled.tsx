import Link from "next/link";
import { ratioWords } from "#lib/client/money/figures.ts";
import { ago, count, usd } from "#lib/client/words.ts";
import type { MoneyReport } from "#lib/protocol/money-report.ts";
import { Part, Table } from "./part.tsx";

/** What each run was reckoned to cost, and what was paid. */
export function Reconciled({ report: { runs, reconciled } }: { report: MoneyReport }) {
  return (
    <Part
      title="Estimated and paid"
      says={
        runs.length === 0
          ? undefined
          : `An estimate is the most a call may cost; less is paid as a rule. In 30 days: ${usd(reconciled.estimatedUsd)} estimated, ${usd(reconciled.paidUsd)} paid, ${ratioWords(reconciled.ratio)}.`
      }
    >
      {runs.length === 0 ? (
        <p className="text-soft">No run was paid for in the last 30 days.</p>
      ) : (
        <Table
          label="Estimated and paid, run by run"
          head={[
            { title: "Run" },
            { title: "When", wide: true },
            { title: "Calls", right: true, wide: true },
            { title: "Estimated", right: true },
            { title: "Paid", right: true },
            { title: "Ratio", right: true },
          ]}
        >
          {runs.map((run) => (
            <tr key={run.runId}>
              <td className="max-w-64 truncate max-sm:max-w-28 px-4 py-2 font-medium">
                <Link href={`/runs/${run.runId}`} className="hover:underline">
                  {run.graphName}
                </Link>
              </td>
              <td className="whitespace-nowrap px-4 py-2 text-soft max-sm:hidden">{ago(run.createdAt, Date.now())}</td>
              <td className="px-4 py-2 text-right tabular-nums max-sm:hidden">{run.calls}</td>
              <td className="px-4 py-2 text-right tabular-nums">{usd(run.estimatedUsd)}</td>
              <td className="px-4 py-2 text-right tabular-nums">{usd(run.paidUsd)}</td>
              <td className="whitespace-nowrap px-4 py-2 text-right tabular-nums">
                {ratioWords(run.ratio)}
                {run.unknownCalls > 0 && (
                  <span className="block text-hold text-xs">{count(run.unknownCalls, "call")} without usage</span>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Part>
  );
}
