"use client";
import { Check, Link2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { Template } from "#lib/protocol/templates.ts";
import { Button } from "../../../_ui/button.tsx";

/** It is out: the link to hand on. */
export function Published({ template: { id, name, revision }, close }: { template: Template; close(): void }) {
  const [copied, setCopied] = useState(false);
  const path = `/templates/${encodeURIComponent(id)}`;
  const copy = () =>
    navigator.clipboard.writeText(`${location.origin}${path}`).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 py-10 text-center">
      <span className="grid size-12 place-items-center rounded-full bg-done/15 text-done">
        <Check aria-hidden="true" className="size-6" />
      </span>
      <p role="status" className="font-semibold text-lg">
        “{name}” is published as revision {revision}.
      </p>
      <p className="text-sm text-soft">
        Anybody who may use this studio can fill in its form now. Runs of earlier revisions stay as they were.
      </p>
      <p className="w-full truncate rounded-lg border border-line bg-well px-3 py-2 font-mono text-xs">{path}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Link
          href={path}
          className="inline-flex min-h-10 items-center rounded-lg bg-brand px-4 font-medium text-on-brand text-sm hover:brightness-110"
        >
          Open the form
        </Link>
        <Button onClick={copy}>
          <Link2 aria-hidden="true" className="size-4" />
          <span aria-live="polite">{copied ? "Copied" : "Copy link"}</span>
        </Button>
        <Button onClick={close}>Go on editing</Button>
      </div>
    </div>
  );
}
