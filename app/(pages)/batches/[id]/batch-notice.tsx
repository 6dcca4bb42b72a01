"use client";
import Link from "next/link";
import { useId, useState } from "react";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { pauseWords } from "#lib/client/table/batch-words.ts";
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
    <Said tone="hold" title={title}>
      <p>{next}</p>
      {view.reason === "budget" && <MoreMoney table={table} now={view.budgetUsd} />}
      {view.reason === "in_doubt" && (
        <p className="mt-2 flex flex-wrap gap-2">
          <Button onClick={() => void table.run({ inDoubt: "retry" })}>Send it again</Button>
          <Button onClick={() => void table.run({ inDoubt: "give-up" })}>Give the row up</Button>
        </p>
      )}
    </Said>
  );
}

function Said(props: { tone: "hold" | "wait"; title: string; children: React.ReactNode }) {
  return (
    <div className="px-4 pb-3 sm:px-6">
      <Notice tone={props.tone} title={props.title}>
        {props.children}
      </Notice>
    </div>
  );
}

/** A higher cap for the whole batch, and on. */
function MoreMoney({ table, now }: { table: BatchTable; now: number | null }) {
  const id = useId();
  const [text, setText] = useState("");
  const amount = Number(text);
  const fits = text.trim() !== "" && Number.isFinite(amount) && amount > (now ?? 0) && amount <= 1_000_000;
  return (
    <form
      className="mt-2 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) void table.run({ budgetUsd: amount });
      }}
    >
      <label htmlFor={id}>New budget, more than {usd(now ?? 0)}</label>
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
