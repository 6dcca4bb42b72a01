"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { saveAsNew } from "#lib/client/home/my-graphs.ts";
import { whyNot } from "#lib/client/home/why-not.ts";
import { Notice } from "../../_ui/notice.tsx";

/** Opens graph files: chosen, or dropped anywhere on the page. */
export function DropGraphs({ children }: { children(open: (files: readonly File[]) => void): ReactNode }) {
  const router = useRouter();
  const busy = useRef(false);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<string>();
  const open = useCallback(
    async ([file]: readonly File[]) => {
      if (!file || busy.current) return;
      busy.current = true;
      setError(undefined);
      try {
        // Reading foreign files brings the whole checker of pasted graphs: it comes when it is needed.
        const { graphInFile } = await import("#lib/client/home/import-file.ts");
        router.push(`/graphs/${encodeURIComponent(await saveAsNew(await graphInFile(file)))}`);
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
      {over && (
        <p className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-2xl border-2 border-brand border-dashed bg-canvas/85 font-medium text-lg">
          Drop a graph, or a picture that carries one
        </p>
      )}
    </>
  );
}
