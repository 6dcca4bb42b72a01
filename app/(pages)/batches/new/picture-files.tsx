"use client";
import { ImagePlus, LoaderCircle } from "lucide-react";
import { type Dispatch, type SetStateAction, useMemo, useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { picturesIn, uploadPictures } from "#lib/client/editor/fields/upload-pictures.ts";
import { missingPictures, type Pictures, pictureKey } from "#lib/client/table/cell-values.ts";
import { count } from "#lib/client/words.ts";
import type { DraftProps } from "./draft-props.ts";

/** Where the files go that cells of picture columns name. */
export function PictureFiles(props: DraftProps & { setPictures: Dispatch<SetStateAction<Pictures>> }) {
  const { draft, inputs, pictures, setPictures } = props;
  const files = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState<string>();
  const [fault, setFault] = useState<string>();
  const columns = useMemo(
    () =>
      draft.mapping.flatMap((key, column) => {
        const input = inputs.find((one) => one.key === key);
        return input?.type === "image" ? [{ column, many: input.many === true }] : [];
      }),
    [draft.mapping, inputs],
  );
  const missing = useMemo(() => missingPictures(draft.table, columns, pictures), [draft.table, columns, pictures]);
  if (columns.length === 0) return null;
  const take = async (dropped: readonly File[]) => {
    setFault(undefined);
    for (const [index, file] of dropped.entries()) {
      setBusy(`Storing ${index + 1} of ${dropped.length} …`);
      try {
        const [stored] = await uploadPictures([file]);
        if (stored) setPictures((old) => new Map(old).set(pictureKey(file.name), { ...stored, name: file.name }));
      } catch (error) {
        setFault(`${file.name}: ${error instanceof RangeError ? error.message : sayWhy(error)}`);
      }
    }
    setBusy(undefined);
  };
  return (
    <section
      aria-label="Picture files"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(picturesIn(event.dataTransfer));
      }}
      className={`mx-4 mb-3 flex flex-wrap items-center gap-3 rounded-lg border border-dashed px-3 py-2 text-sm sm:mx-6 ${over ? "border-brand bg-brand/8" : "border-line"}`}
    >
      <button
        type="button"
        onClick={() => files.current?.click()}
        className="inline-flex min-h-9 items-center gap-2 rounded-lg border border-line px-3 font-medium hover:bg-ink/8"
      >
        {busy ? (
          <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
        ) : (
          <ImagePlus aria-hidden="true" className="size-4" />
        )}
        {busy ?? "Choose pictures"}
      </button>
      <input
        ref={files}
        type="file"
        multiple
        accept="image/png,image/jpeg,image/webp"
        aria-label="Pictures of the table"
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          target.value = "";
          void take(chosen);
        }}
      />
      <span role="status" className={missing.length > 0 ? "" : "text-soft"}>
        {missing.length > 0
          ? `${count(missing.length, "picture")} that cells name ${missing.length === 1 ? "is" : "are"} not here yet: ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " …" : ""}. Drop the files here.`
          : pictures.size > 0
            ? `${count(pictures.size, "picture")} dropped; every cell finds its own.`
            : "Drop files here when cells name them; web addresses are fetched when a row starts."}
      </span>
      {fault && (
        <span role="alert" className="text-fail">
          {fault}
        </span>
      )}
    </section>
  );
}
