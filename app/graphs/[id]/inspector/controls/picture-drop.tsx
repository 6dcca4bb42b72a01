"use client";
import { ImagePlus, LoaderCircle } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import {
  addressIn,
  picturesIn,
  type StoredPicture,
  uploadFrom,
  uploadPictures,
} from "#lib/client/editor/fields/upload-pictures.ts";
import { say } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { HiddenFileInput, useDropZone, useStoring } from "../../../../_ui/take-files.tsx";
import { BOX, SMALL } from "./control-props.ts";

/** A place that takes pictures: by button, drop, paste or web address. Hands them over once they are stored. */
export function PictureDrop({
  id,
  many,
  describedBy,
  accept = "image/png,image/jpeg,image/webp",
  onStored,
  children,
}: {
  id: string;
  many: boolean;
  describedBy?: string;
  accept?: string;
  onStored(pictures: StoredPicture[]): void;
  children?: ReactNode;
}) {
  const editor = useEditor();
  const fileId = useId();
  const { busy, fault, store } = useStoring();
  const [address, setAddress] = useState<string>();

  const add = (work: () => Promise<StoredPicture[]>) =>
    void store(async () => {
      const stored = await work();
      onStored(stored);
      setAddress(undefined);
      say(editor, stored.length === 1 ? "1 picture added" : `${stored.length} pictures added`);
    });
  const { over, zone } = useDropZone((data) => {
    const files = picturesIn(data).slice(0, many ? undefined : 1);
    const url = files.length === 0 ? addressIn(data) : undefined;
    if (files.length > 0) add(() => uploadPictures(files));
    else if (url) add(async () => [await uploadFrom(url)]);
    return files.length > 0 || url !== undefined;
  });
  return (
    <div
      {...zone}
      className={`flex flex-col gap-1.5 rounded-lg border border-dashed p-1.5 ${over ? "border-brand bg-brand/10" : "border-line"}`}
    >
      {children}
      <div className="flex flex-wrap items-center gap-1.5">
        <HiddenFileInput
          id={fileId}
          accept={accept}
          many={many}
          onFiles={(files) => add(() => uploadPictures(files))}
        />
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
            <ImagePlus aria-hidden="true" className="size-3.5" />
          )}
          {busy ? "Storing …" : many ? "Add pictures" : "Choose a file"}
        </button>
        <button
          type="button"
          aria-expanded={address !== undefined}
          onClick={() => setAddress(address === undefined ? "" : undefined)}
          className={SMALL}
        >
          From the web
        </button>
        <span className="text-soft text-xs">or drop, or paste</span>
      </div>
      {address !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (address.trim()) add(async () => [await uploadFrom(address.trim())]);
          }}
          className="flex gap-1.5"
        >
          <input
            type="text"
            inputMode="url"
            aria-label="Web address of a picture"
            placeholder="https://…"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            className={BOX}
          />
          <button type="submit" disabled={busy} className={SMALL}>
            Fetch
          </button>
        </form>
      )}
      {fault && (
        <p role="alert" className="text-fail text-xs">
          {fault}
        </p>
      )}
    </div>
  );
}
