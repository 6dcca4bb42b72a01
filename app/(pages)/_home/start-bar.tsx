"use client";
import { FileUp, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { freshId } from "#lib/client/home/fresh-id.ts";
import { Button } from "../../_ui/button.tsx";

/** An empty graph, or one from a file. */
export function StartBar({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const router = useRouter();
  const files = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="first" onClick={() => router.push(`/graphs/${freshId("graph")}`)}>
        <Plus aria-hidden="true" className="size-4" />
        New graph
      </Button>
      <Button onClick={() => files.current?.click()}>
        <FileUp aria-hidden="true" className="size-4" />
        Open a file
      </Button>
      <input
        ref={files}
        type="file"
        accept=".json,.zip,.png,application/json,application/zip,image/png"
        aria-label="Graph file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
