"use client";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { sheetServer } from "#lib/client/library/sheet-server.ts";
import { Button } from "../../_ui/button.tsx";

/** Takes in a sheet somebody shared, and opens it. */
export function ImportSheets({ onError }: { onError(sentence: string | undefined): void }) {
  const router = useRouter();
  const chosen = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const open = async (file: File | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    onError(undefined);
    try {
      const zip = file.name.toLowerCase().endsWith(".zip");
      const { sheets } = await sheetServer.take(file, zip ? "application/zip" : "application/json");
      const last = sheets.at(-1);
      if (last) router.push(`/sheets/${encodeURIComponent(last.id)}`);
    } catch (error) {
      onError(sayWhy(error));
    }
    setBusy(false);
  };
  return (
    <>
      <input
        ref={chosen}
        type="file"
        accept=".json,.zip,application/json,application/zip"
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          void open(file);
          target.value = "";
        }}
      />
      <Button onClick={() => chosen.current?.click()} disabled={busy}>
        <FileUp aria-hidden="true" className="size-4" />
        {busy ? "Taking in …" : "Import"}
      </Button>
    </>
  );
}
