"use client";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { callsWords } from "#lib/client/money/figures.ts";
import { count, usd } from "#lib/client/words.ts";
import type { MoneyReport } from "#lib/protocol/money-report.ts";
import { Part } from "./part.tsx";

type Row = { key: string; name: ReactNode; more?: string; spentUsd: number; calls: number; simulatedCalls: number };
const KINDS = ["Template", "Model", "Batch"] as const;

/** What the money went into, seen from one side at a time. */
export function Shares({ report }: { report: MoneyReport }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("Template");
  const rows = rowsOf(report, kind);
  const most = Math.max(0, ...rows.map(({ spentUsd }) => spentUsd));
  return (
    <Part
      title="Where it went"
      says="The last 30 days. A graph that was run without being published counts under its own name."
    >
      <fieldset className="flex w-fit rounded-lg border border-line p-0.5 text-sm">
        <legend className="sr-only">By</legend>
        {KINDS.map((name) => (
          <label
            key={name}
            className="cursor-pointer rounded-md px-3 py-1.5 text-soft has-checked:bg-ink/8 has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand"
          >
            <input
              type="radio"
              name="share"
              className="sr-only"
              checked={kind === name}
              onChange={() => setKind(name)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      {rows.length === 0 ? (
        <p className="py-4 text-soft">{kind === "Batch" ? "No tables were run." : "Nothing was run."}</p>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line">
          {rows.map(({ key, name, more, spentUsd, ...calls }) => (
            <li key={key} className="relative flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-3">
              <span className="min-w-0 flex-1 basis-52 truncate font-medium">{name}</span>
              <span className="basis-72 text-right text-sm text-soft tabular-nums max-sm:order-last max-sm:basis-full max-sm:text-left">
                {[more, callsWords(calls)].filter(Boolean).join(" · ")}
              </span>
              <span className="w-24 text-right tabular-nums">{usd(spentUsd)}</span>
              {most > 0 && (
                <span
                  aria-hidden="true"
                  className="absolute bottom-0 left-0 h-0.5 bg-brand/70"
                  style={{ width: `${(spentUsd / most) * 100}%` }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function rowsOf({ byTemplate, byModel, byBatch }: MoneyReport, kind: (typeof KINDS)[number]): Row[] {
  const link = (href: string, text: string) => (
    <Link href={href} className="hover:underline">
      {text}
    </Link>
  );
  if (kind === "Model") return byModel.map((row) => ({ key: row.model, name: row.model, ...row }));
  if (kind === "Batch")
    return byBatch.map(({ batchId, name, runs, ...row }) => ({
      key: batchId,
      name: link(`/batches/${encodeURIComponent(batchId)}`, name),
      more: count(runs, "row"),
      ...row,
    }));
  return byTemplate.map(({ graphId, name, runs, ...row }) => ({
    key: graphId,
    name: link(`/graphs/${encodeURIComponent(graphId)}`, name),
    more: count(runs, "run"),
    ...row,
  }));
}
