"use client";
import { Check, DoorOpen, History, Link2, Table2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { Template } from "#lib/protocol/templates.ts";

/** What this form makes, and the link to it. */
export function FormHead({ template: { id, name, description } }: { template: Template }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const link = `${location.origin}/templates/${encodeURIComponent(id)}`;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } catch {
      prompt("The link of this form", link);
    }
  };
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pt-1">
      <div className="min-w-0">
        <h1 className="text-balance font-semibold text-2xl tracking-tight wrap-anywhere">{name}</h1>
        {description && (
          <p className="mt-1 max-w-[60ch] text-[15px] text-soft leading-snug wrap-anywhere">{description}</p>
        )}
      </div>
      <div className="flex flex-wrap gap-1 text-sm">
        <Link href={`/batches/new?template=${encodeURIComponent(id)}`} className={QUIET}>
          <Table2 aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">Run from a table</span>
        </Link>
        <button type="button" onClick={copy} className={QUIET}>
          {copied ? <Check aria-hidden="true" className="size-4" /> : <Link2 aria-hidden="true" className="size-4" />}
          <span aria-live="polite">{copied ? "Copied" : "Copy link"}</span>
        </button>
        <Link href={`/templates/${encodeURIComponent(id)}/ways-in`} className={QUIET}>
          <DoorOpen aria-hidden="true" className="size-4" />
          Ways in
        </Link>
        <Link href={`/templates/${encodeURIComponent(id)}/revisions`} className={QUIET}>
          <History aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">Revisions</span>
        </Link>
      </div>
    </header>
  );
}

const QUIET = "inline-flex min-h-10 items-center gap-1.5 rounded-lg px-2.5 text-soft hover:bg-ink/8 hover:text-ink";
