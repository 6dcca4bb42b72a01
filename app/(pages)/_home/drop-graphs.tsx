"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { importFile } from "#lib/client/home/import-file.ts";
import { whyNot } from "#lib/client/home/why-not.ts";
import type { Imported } from "#lib/protocol/bundle.ts";
import { Notice } from "../../_ui/notice.tsx";
import { ImportReport } from "./import-report.tsx";

/** Opens graph files: chosen, or dropped anywhere on the page. */
export function DropGraphs({ children }: { children(open: (files: readonly File[]) => void): ReactNode }) {
  const router = useRouter();
  const busy = useRef(false);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<string>();
  const [report, setReport] = useState<Imported>();
  const open = useCallback(
    async ([file]: readonly File[]) => {
      if (!file || busy.current) return;
      busy.current = true;
      setError(undefined);
      try {
        const made = await importFile(file);
        // What was left out, and whom it would contact, is told before anything of it is looked at.
        if (made.warnings.length + made.contacts.length > 0 || made.table) setReport(made);
        else router.push(`/graphs/${encodeURIComponent(made.graphId)}`);
      } catch (reason) {
        setError(whyNot(reason));
      }
      busy.current = false;
    },
    [router],
  );
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!carries(event)) return;
      event.preventDefault();
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", drag);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", drag);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [open]);
  return (
    <>
      {error !== undefined && (
        <div role="alert" className="mb-6">
          <Notice tone="fail" title="This file could not be opened.">
            {error}
          </Notice>
        </div>
      )}
      {children(open)}
      {report && <ImportReport made={report} onClose={() => setReport(undefined)} />}
      {over && (
        <p className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-2xl border-2 border-brand border-dashed bg-canvas/85 font-medium text-lg">
          Drop a graph, a template, a bundle, or a picture that carries one
        </p>
      )}
    </>
  );
}
