"use client";
import type { PartialPicture } from "#lib/client/watch-run.ts";

/** Rough by the first preview, nearly sharp by the third. */
const BLUR = ["blur-[10px]", "blur-[4px]", "blur-[1px]"];

/** Pictures sharpening in place while they are drawn; an empty frame before the first preview. */
export function PartialPictures({ partials, drawing }: { partials: readonly PartialPicture[]; drawing: boolean }) {
  if (!drawing) return null;
  const places = partials.length > 0 ? [...partials].sort((a, b) => a.item - b.item || a.slot - b.slot) : [undefined];
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,18rem),1fr))] gap-3">
      {places.map((partial) => (
        <div
          key={partial ? `${partial.item}-${partial.slot}` : "empty"}
          className={`overflow-hidden rounded-lg bg-well ${partial ? "" : "aspect-3/2"}`}
        >
          {partial && (
            <img
              src={partial.url}
              alt="Rough preview, still being drawn"
              className={`w-full scale-105 transition-[filter] duration-150 ${BLUR[Math.min(partial.index, BLUR.length - 1)]}`}
            />
          )}
        </div>
      ))}
    </div>
  );
}
