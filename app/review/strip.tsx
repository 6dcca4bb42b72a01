"use client";
import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Asked } from "#lib/client/review/asked.ts";
import type { Draft } from "#lib/client/review/decide.ts";

/** All pictures that wait, one after the other, those of one question close together. */
export function Strip({
  queue,
  at,
  draftOf,
  onShow,
}: {
  queue: readonly Asked[];
  at?: { key: string; picture: number };
  draftOf(key: string): Draft;
  onShow(key: string, picture: number): void;
}) {
  const here = useRef<HTMLButtonElement>(null);
  // The strip follows what is shown.
  useEffect(() => {
    here.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [at?.key, at?.picture]);
  if (queue.length === 0 || (queue.length === 1 && (queue[0]?.pictures.length ?? 0) < 2)) return null;
  return (
    <ol aria-label="Pictures that wait" className="flex flex-none gap-4 overflow-x-auto px-3 py-2">
      {queue.map((asked) => (
        <li key={asked.key}>
          <ol aria-label={asked.question} className="flex gap-1">
            {asked.pictures.map(({ asset, place }, picture) => {
              const current = at?.key === asked.key && at.picture === picture;
              const pick = draftOf(asked.key).picks.indexOf(place);
              return (
                <li key={`${place} ${asset}`}>
                  <button
                    ref={current ? here : undefined}
                    type="button"
                    aria-current={current ? "true" : undefined}
                    aria-label={`Picture ${picture + 1} of ${asked.pictures.length}: ${asked.question}${pick >= 0 ? ", picked" : ""}`}
                    onClick={() => onShow(asked.key, picture)}
                    className="relative block size-14 overflow-hidden rounded-lg border-2 border-transparent opacity-65 transition hover:opacity-100 aria-[current=true]:border-brand aria-[current=true]:opacity-100"
                  >
                    <img src={asked.address(asset, 160)} alt="" loading="lazy" className="size-full object-cover" />
                    {pick >= 0 && (
                      <span className="absolute right-0.5 bottom-0.5 grid size-5 place-items-center rounded-full bg-brand font-semibold text-[11px] text-on-brand">
                        {asked.shape.picks === "must" ? pick + 1 : <Check aria-hidden="true" className="size-3.5" />}
                      </span>
                    )}
                  </button>
                </li>
              );
            })}
          </ol>
        </li>
      ))}
    </ol>
  );
}
