"use client";
import Link from "next/link";
import { useId, useState } from "react";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { neverRan, pauseWords } from "#lib/client/table/batch-words.ts";
import { usd } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { useTable } from "./use-batch-table.ts";

/** Why the batch stands still, and what to press. */
export function BatchNotice({ table }: { table: BatchTable }) {
  const view = useTable(table, (state) => state.view);
  if (view?.status === "waiting")
    return (
      <Said tone="wait" title="Some rows wait for a person.">
        Everything else is done.{" "}
        <Link href="/review" className="underline underline-offset-4 hover:text-ink">
          Decide in the review
        </Link>
      </Said>
    );
  if (view?.status !== "paused") return null;
  const { title, next } = pauseWords(view);
  return (
    <Said tone={neverRan(view) ? "plain" : "hold"} title={title}>
      <p>{next}</p>
      {view.reason === "budget" ? (
        <MoreMoney table={table} now={view.budgetUsd} least={view.budgetUsd ?? 0} />
      ) : (
        <details className="mt-1">
          <summary className="inline-block min-h-6 underline underline-offset-4 hover:text-ink">
            {view.budgetUsd === null ? "Set a budget" : "Change the budget"}
          </summary>
          <MoreMoney table={table} now={view.budgetUsd} least={view.costUsd} rows={neverRan(view) ? view.total : 0} />
        </details>
      )}
      {view.reason === "in_doubt" && (
        <p className="mt-2 flex flex-wrap gap-2">
          <Button onClick={() => void table.run({ inDoubt: "retry" })}>Send it again</Button>
          <Button onClick={() => void table.run({ inDoubt: "give-up" })}>Give the row up</Button>
        </p>
      )}
    </Said>
  );
}

function Said(props: { tone: "hold" | "wait" | "plain"; title: string; children: React.ReactNode }) {
  return (
    <div className="px-4 pb-3 sm:px-6">
      <Notice tone={props.tone} title={props.title}>
        {props.children}
      </Notice>
    </div>
  );
}

/** Another cap for the whole batch, and on. `least`: what it must be above (USD); `rows`: how many that sets going. */
function MoreMoney(props: { table: BatchTable; now: number | null; least: number; rows?: number }) {
  const { table, now, least, rows = 0 } = props;
  const id = useId();
  const [text, setText] = useState("");
  const amount = Number(text);
  const fits = text.trim() !== "" && Number.isFinite(amount) && amount > least && amount <= 1_000_000;
  return (
    <form
      className="mt-2 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) void table.ask({ budgetUsd: amount }, rows);
      }}
    >
      <label htmlFor={id}>
        New budget, more than {usd(least)}
        {now !== null && now !== least && ` (now ${usd(now)})`}
      </label>
      <input
        id={id}
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="min-h-10 w-28 rounded-lg border border-line bg-well px-3 text-ink tabular-nums"
      />
      <span>USD</span>
      <Button type="submit" look="first" disabled={!fits}>
        Go on
      </Button>
    </form>
  );
}
