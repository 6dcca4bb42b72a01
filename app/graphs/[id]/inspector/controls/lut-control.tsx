"use client";
import { Download, LoaderCircle, Table2 } from "lucide-react";
import { useId, useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { uploadLut } from "#lib/client/editor/fields/upload-pictures.ts";
import { say } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { HiddenFileInput, useDropZone, useStoring } from "../../../../_ui/take-files.tsx";
import { type ControlProps, SMALL } from "./control-props.ts";

/** A look-up table (.cube): chosen or dropped, checked by the server, kept by its hash. */
export function LutControl({ id, field, value, onChange, onDone, describedBy, wrong }: ControlProps<"lut">) {
  const editor = useEditor();
  const fileId = useId();
  const { busy, fault, store } = useStoring();
  const [told, setTold] = useState<{ asset: string; words: string }>();
  const asset = typeof value === "string" ? value : undefined;

  const add = (file: File) =>
    void store(async () => {
      const { asset: stored, cubic, size, name } = await uploadLut(file);
      const words = `${name || "Table"}, ${cubic ? `${size} × ${size} × ${size}` : `${size} rows`}`;
      setTold({ asset: stored, words });
      onChange(stored);
      onDone();
      say(editor, `${field.title}: ${words}`);
    });
  const { over, zone } = useDropZone(({ files: [file] }) => {
    if (file) add(file);
    return file !== undefined;
  });
  return (
    <div
      {...zone}
      className={`flex flex-col gap-1.5 rounded-lg border border-dashed p-1.5 ${over ? "border-brand bg-brand/10" : wrong ? "border-fail" : "border-line"}`}
    >
      {asset !== undefined && (
        <p className="flex items-center gap-1.5 text-xs">
          <Table2 aria-hidden="true" className="size-3.5 flex-none text-soft" />
          <span className="min-w-0 flex-1 truncate" title={asset}>
            {told?.asset === asset ? told.words : `Table ${asset.replace("sha256:", "").slice(0, 10)}`}
          </span>
          <a
            href={`${assetUrl(asset)}?download=look.cube`}
            aria-label={`Download the table of ${field.title}`}
            title="Download"
            className="grid size-7 flex-none place-items-center rounded-md text-soft hover:bg-ink/8 hover:text-ink"
          >
            <Download aria-hidden="true" className="size-3.5" />
          </a>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        <HiddenFileInput id={fileId} accept=".cube" onFiles={([file]) => file && add(file)} />
        <button
          id={id}
          type="button"
          disabled={busy}
          aria-describedby={describedBy}
          onClick={() => document.getElementById(fileId)?.click()}
          className={SMALL}
        >
          {busy ? (
            <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
          ) : (
            <Table2 aria-hidden="true" className="size-3.5" />
          )}
          {busy ? "Storing …" : asset === undefined ? "Choose a .cube file" : "Another file"}
        </button>
        <span className="text-soft text-xs">or drop one</span>
      </div>
      {fault && (
        <p role="alert" className="break-words text-fail text-xs">
          {fault}
        </p>
      )}
    </div>
  );
}
