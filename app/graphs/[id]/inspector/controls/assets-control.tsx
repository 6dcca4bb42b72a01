"use client";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { assetUrl } from "#lib/client/call-api.ts";
import { isBinding } from "#lib/client/editor/fields/bindings.ts";
import { BOX, type ControlProps, MINI } from "./control-props.ts";
import { PictureDrop } from "./picture-drop.tsx";

type Entry = { asset?: unknown; note?: unknown };

/** Stored pictures in their order, each with a note of its own. */
export function AssetsControl({ id, field, control, value, onChange, onDone, describedBy }: ControlProps<"assets">) {
  const entries = Array.isArray(value) ? (value as Entry[]) : [];
  const put = (next: unknown[], done = true) => {
    onChange(next.length === 0 ? undefined : next);
    if (done) onDone();
  };
  const move = (index: number, by: -1 | 1) => {
    const moved = entries[index];
    if (moved) put(entries.toSpliced(index, 1).toSpliced(index + by, 0, moved));
  };
  const room = (control.max ?? Number.POSITIVE_INFINITY) - entries.length;
  return (
    <PictureDrop
      id={id}
      many
      describedBy={describedBy}
      onStored={(stored) => put([...entries, ...stored.slice(0, Math.max(0, room)).map(({ asset }) => ({ asset }))])}
    >
      {entries.length > 0 && (
        <ul aria-label={field.title} className="flex flex-col gap-1.5">
          {entries.map((entry, index) => (
            <li key={index} className="flex items-center gap-1.5">
              <Thumb asset={entry.asset} alt={`Picture ${index + 1}`} />
              {isBinding(entry) ? (
                <span className="min-w-0 flex-1 truncate text-sm">{`Input ${entry.$input}`}</span>
              ) : (
                <input
                  type="text"
                  aria-label={`Note of picture ${index + 1}`}
                  placeholder="What to take from it"
                  value={typeof entry.note === "string" ? entry.note : ""}
                  onChange={({ target }) => {
                    const { note: _, ...rest } = entry;
                    put(entries.with(index, target.value === "" ? rest : { ...rest, note: target.value }), false);
                  }}
                  onBlur={onDone}
                  className={BOX}
                />
              )}
              <div className="flex shrink-0">
                <button
                  type="button"
                  disabled={index === 0}
                  aria-label={`Move picture ${index + 1} up`}
                  onClick={() => move(index, -1)}
                  className={MINI}
                >
                  <ArrowUp aria-hidden="true" className="size-3.5" />
                </button>
                <button
                  type="button"
                  disabled={index === entries.length - 1}
                  aria-label={`Move picture ${index + 1} down`}
                  onClick={() => move(index, 1)}
                  className={MINI}
                >
                  <ArrowDown aria-hidden="true" className="size-3.5" />
                </button>
                <button
                  type="button"
                  aria-label={`Remove picture ${index + 1}`}
                  onClick={() => put(entries.toSpliced(index, 1))}
                  className={MINI}
                >
                  <X aria-hidden="true" className="size-3.5" />
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </PictureDrop>
  );
}

/** A small look at a stored picture. */
export function Thumb({ asset, alt }: { asset: unknown; alt: string }) {
  if (typeof asset !== "string" || !asset.startsWith("sha256:"))
    return <span className="size-12 shrink-0 rounded-md border border-line bg-well" />;
  return (
    <img
      src={assetUrl(asset, 96)}
      alt={alt}
      loading="lazy"
      width={48}
      height={48}
      className="size-12 shrink-0 rounded-md bg-well object-cover"
    />
  );
}
