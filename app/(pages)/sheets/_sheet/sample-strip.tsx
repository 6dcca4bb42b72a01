"use client";
import { ImagePlus, LoaderCircle, X } from "lucide-react";
import { useRef, useState } from "react";
import { assetUrl, sayWhy } from "#lib/client/call-api.ts";
import { picturesIn, uploadPictures } from "#lib/client/editor/fields/upload-pictures.ts";
import type { SheetSample } from "#lib/protocol/library.ts";

const MOST = 16;

/** The sample pictures, big: what the words mean. Dropped, pasted or chosen; each may be sent along with the words. */
export function SampleStrip({
  samples,
  onChange,
}: {
  samples: readonly SheetSample[];
  onChange(samples: SheetSample[]): void;
}) {
  const chosen = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const add = async (files: readonly File[]) => {
    if (files.length === 0 || busy) return;
    setBusy(true);
    setFault(undefined);
    try {
      const stored = await uploadPictures(files.slice(0, MOST - samples.length));
      const known = new Set(samples.map(({ asset }) => asset));
      const fresh = stored
        .filter(({ asset }) => !known.has(asset))
        .map(({ asset, width, height, mediaType = "image/png" }) => ({ asset, width, height, mediaType, send: false }));
      onChange([...samples, ...fresh]);
    } catch (error) {
      setFault(error instanceof RangeError ? error.message : sayWhy(error));
    }
    setBusy(false);
  };
  const change = (at: number, part: Partial<SheetSample>) =>
    onChange(samples.map((sample, index) => (index === at ? { ...sample, ...part } : sample)));
  return (
    <section
      aria-label="Sample pictures"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void add(picturesIn(event.dataTransfer));
      }}
      onPaste={(event) => {
        const pasted = picturesIn(event.clipboardData);
        if (pasted.length === 0) return;
        event.preventDefault();
        void add(pasted);
      }}
      className="flex flex-col gap-2"
    >
      <ul className="relative -mx-4 flex gap-4 overflow-x-auto px-4 pb-2 sm:-mx-1 sm:px-1">
        {samples.map((sample, index) => (
          <li key={sample.asset} className="flex w-64 shrink-0 flex-col gap-2 sm:w-104">
            <div className="group relative aspect-4/3 overflow-hidden rounded-xl bg-well">
              <img
                src={assetUrl(sample.asset, 960)}
                alt={sample.note || `Sample picture ${index + 1}`}
                loading="lazy"
                className="size-full object-cover"
              />
              <button
                type="button"
                aria-label={`Take sample picture ${index + 1} away`}
                title="Take away"
                onClick={() => onChange(samples.filter((_, at) => at !== index))}
                className="absolute top-2 right-2 grid size-9 place-items-center rounded-full bg-[#141414]/85 text-[#f2f0ed] opacity-0 transition focus-visible:opacity-100 group-hover:opacity-100 hover:bg-[#141414] pointer-coarse:opacity-100"
              >
                <X aria-hidden="true" className="size-4" />
              </button>
            </div>
            <div className="flex items-center gap-2">
              <input
                type="text"
                aria-label={`What to see in sample picture ${index + 1}`}
                placeholder="What to see in it"
                value={sample.note ?? ""}
                maxLength={1000}
                onChange={({ target }) => change(index, { note: target.value || undefined })}
                className="min-h-9 w-full min-w-0 rounded-lg border border-line bg-well px-2.5 text-sm"
              />
              <label
                title="Sent pictures are read by the model with the first turn, and paid for like every reference"
                className="flex min-h-9 shrink-0 items-center gap-1.5 text-soft text-xs"
              >
                <input
                  type="checkbox"
                  checked={sample.send}
                  onChange={({ target }) => change(index, { send: target.checked })}
                  className="size-4 accent-(--brand)"
                />
                Send along
                <span className="sr-only">: sample picture {index + 1}</span>
              </label>
            </div>
          </li>
        ))}
        {samples.length < MOST && (
          <li className={`shrink-0 ${samples.length === 0 ? "w-full" : "w-40"}`}>
            <button
              type="button"
              disabled={busy}
              onClick={() => chosen.current?.click()}
              className={`flex w-full flex-col items-center justify-center gap-2 rounded-xl border border-line border-dashed p-3 text-center text-soft text-sm hover:border-soft hover:text-ink ${samples.length === 0 ? "min-h-36" : "h-48 sm:h-78"}`}
            >
              {busy ? (
                <LoaderCircle aria-hidden="true" className="size-5 animate-spin" />
              ) : (
                <ImagePlus aria-hidden="true" className="size-5" />
              )}
              {busy ? "Storing …" : "Add sample pictures"}
              {samples.length === 0 && (
                <span className="text-xs">Choose, drop or paste pictures that show this look</span>
              )}
            </button>
          </li>
        )}
      </ul>
      <input
        ref={chosen}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onChange={({ target }) => {
          void add([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      {fault && (
        <p role="alert" className="text-fail text-sm">
          {fault}
        </p>
      )}
    </section>
  );
}
