"use client";
import { Table2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { BatchList } from "#lib/protocol/batches.ts";
import { Button } from "../../_ui/button.tsx";
import { Notice } from "../../_ui/notice.tsx";
import { BatchCard } from "./batch-card.tsx";

const PAGE = 24;

/** Every batch, the newest first. */
export function AllBatches() {
  const [pages, setPages] = useState([""]);
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Tables</h1>
          <p className="mt-1 max-w-[60ch] text-[15px] text-soft leading-snug">
            One graph, run once per row: paste from a spreadsheet, see the price, go home.
          </p>
        </div>
        <NewTable />
      </header>
      {pages.map((before, index) => (
        <BatchPage
          key={before}
          before={before}
          more={index === pages.length - 1 ? (next) => setPages([...pages, next]) : undefined}
        />
      ))}
    </div>
  );
}

function NewTable() {
  return (
    <Link
      href="/batches/new"
      className="inline-flex min-h-10 items-center gap-2 rounded-lg bg-brand px-4 py-2 font-medium text-on-brand text-sm transition hover:brightness-110"
    >
      <Table2 aria-hidden="true" className="size-4" />
      New table
    </Link>
  );
}

function BatchPage({ before, more }: { before: string; more?(next: string): void }) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before }) });
  const { value, error, reload } = useLoaded<BatchList>(`/api/batches?${query}`);
  const now = Date.now();
  if (error !== undefined)
    return (
      <Notice tone="fail" title="The tables could not be loaded.">
        {sayWhy(error)}{" "}
        <button type="button" className="underline" onClick={reload}>
          Try again
        </button>
      </Notice>
    );
  if (!value) return <p className="py-8 text-soft text-sm">Loading …</p>;
  if (value.batches.length === 0 && before === "")
    return (
      <div className="rounded-xl border border-line border-dashed px-4 py-12 text-center text-soft">
        <p>No table has run yet.</p>
        <p className="mt-1 text-sm">Press “New table”, choose what to run, and paste rows from a spreadsheet.</p>
      </div>
    );
  return (
    <>
      <ul className="grid grid-cols-1 gap-3 md:grid-cols-2">
        {value.batches.map((batch) => (
          <li key={batch.batchId}>
            <BatchCard batch={batch} now={now} />
          </li>
        ))}
      </ul>
      {more && value.next !== undefined && (
        <div className="flex justify-center">
          <Button onClick={() => more(value.next ?? "")}>Older tables</Button>
        </div>
      )}
    </>
  );
}
