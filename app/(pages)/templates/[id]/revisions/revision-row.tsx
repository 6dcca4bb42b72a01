"use client";
import { Check, Copy, Download, GitCompareArrows } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { copyName, saveAsNew } from "#lib/client/home/my-graphs.ts";
import { whyNot } from "#lib/client/home/why-not.ts";
import { exportPath, loadTemplate } from "#lib/client/templates/template-server.ts";
import type { TemplateSummary } from "#lib/protocol/templates.ts";
import { Button } from "../../../../_ui/button.tsx";

/** One published revision and what can be done with it. */
export function RevisionRow({
  row,
  before,
  doing,
  onCurrent,
  onCompare,
}: {
  row: TemplateSummary;
  /** The revision published before it. */
  before?: number;
  doing?: string;
  onCurrent(): void;
  onCompare(older: number): void;
}) {
  const router = useRouter();
  const [copying, setCopying] = useState<"no" | "yes" | { failed: string }>("no");
  const { id, revision, current, notes, cover, publishedAt } = row;
  const duplicate = async () => {
    setCopying("yes");
    try {
      const { graph } = await loadTemplate(id, revision);
      router.push(`/graphs/${encodeURIComponent(await saveAsNew({ ...graph, name: copyName(graph.name) }))}`);
    } catch (error) {
      setCopying({ failed: whyNot(error) });
    }
  };
  return (
    <li
      aria-label={`Revision ${revision}`}
      className="grid gap-3 px-4 py-4 sm:grid-cols-[6rem_1fr_auto] sm:items-center"
    >
      <div className="aspect-4/3 overflow-hidden rounded-lg bg-well max-sm:hidden">
        {cover && <img src={assetUrl(cover, 320)} alt="" loading="lazy" className="size-full object-cover" />}
      </div>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold tabular-nums">Revision {revision}</span>
          {current && (
            <span className="inline-flex items-center gap-1 rounded-full border border-done/50 px-2 py-0.5 text-done text-xs">
              <Check aria-hidden="true" className="size-3.5" />
              Current
            </span>
          )}
          <time className="text-soft text-xs tabular-nums" dateTime={new Date(publishedAt).toISOString()}>
            {new Date(publishedAt).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}
          </time>
        </p>
        <p className="mt-0.5 line-clamp-3 whitespace-pre-wrap wrap-anywhere text-sm text-soft">
          {notes || "No notes."}
        </p>
        {typeof copying === "object" && (
          <p role="alert" className="mt-1 text-fail text-sm">
            {copying.failed}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-1.5 sm:justify-end">
        {!current && (
          <Button disabled={doing !== undefined} onClick={onCurrent} className="px-3">
            {doing === `current-${revision}` ? "Switching …" : "Make current"}
          </Button>
        )}
        {before !== undefined && (
          <Button
            onClick={() => onCompare(before)}
            className="px-3"
            aria-label={`Compare revision ${revision} with ${before}`}
          >
            <GitCompareArrows aria-hidden="true" className="size-4" />
            Compare
          </Button>
        )}
        <Button
          disabled={copying === "yes"}
          onClick={duplicate}
          className="px-3"
          aria-label={`Duplicate revision ${revision}`}
        >
          {copying === "yes" ? "Copying …" : "Duplicate"}
        </Button>
        <FileLink row={row} as="json" />
        <FileLink row={row} as="zip" />
        <CopyText row={row} onFailed={(failed) => setCopying({ failed })} />
      </div>
    </li>
  );
}

/** The template as text, to paste into a message or onto a canvas. */
function CopyText({ row: { id, revision }, onFailed }: { row: TemplateSummary; onFailed(why: string): void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      const answer = await fetch(exportPath("template", id, "json", revision));
      if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail);
      await navigator.clipboard.writeText(await answer.text());
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } catch (error) {
      onFailed(error instanceof Error && error.message ? error.message : "It could not be copied.");
    }
  };
  return (
    <Button onClick={copy} className="px-3" aria-label={`Copy revision ${revision} as text`}>
      <Copy aria-hidden="true" className="size-4" />
      <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
    </Button>
  );
}

function FileLink({ row: { id, revision }, as }: { row: TemplateSummary; as: "json" | "zip" }) {
  return (
    <a
      href={exportPath("template", id, as, revision)}
      download
      aria-label={`Revision ${revision} as ${as === "zip" ? "a bundle (zip)" : "a JSON file"}`}
      className="inline-flex min-h-10 items-center gap-1.5 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8"
    >
      <Download aria-hidden="true" className="size-4" />
      {as === "zip" ? "Bundle" : "JSON"}
    </a>
  );
}
