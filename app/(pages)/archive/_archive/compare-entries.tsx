"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { calledOf } from "./picture-card.tsx";

const CompareDialog = dynamic(() => import("../../../graphs/[id]/paint/compare-dialog.tsx"));

const pictureOf = (entry: EntryCard): ImageValue => ({
  kind: "image",
  asset: entry.asset,
  width: entry.width ?? 1,
  height: entry.height ?? 1,
  mediaType: entry.mediaType,
  label: calledOf(entry),
  made: { by: "upload" },
});

/** Two of several pictures against each other; which two is chosen below them. */
export function CompareEntries({ entries, onClose }: { entries: readonly EntryCard[]; onClose(): void }) {
  const [[left, right], setPair] = useState<[number, number]>([0, 1]);
  const [before, after] = [entries[left], entries[right]];
  if (!before || !after) return null;
  const strip = entries.length > 2 && (
    <fieldset className="flex max-w-full gap-1 overflow-x-auto">
      <legend className="sr-only">Compare with</legend>
      {entries.map((entry, index) => (
        <button
          key={entry.id}
          type="button"
          aria-label={`${calledOf(entry)}${index === left ? ", before" : index === right ? ", after" : ""}`}
          aria-pressed={index === left || index === right}
          onClick={() => index !== right && setPair(index === left ? [right, left] : [right, index])}
          className="size-12 flex-none overflow-hidden rounded-md border-2 border-transparent opacity-60 hover:opacity-100 aria-pressed:border-brand aria-pressed:opacity-100"
        >
          <img src={assetUrl(entry.asset, 160)} alt="" className="size-full object-cover" />
        </button>
      ))}
    </fieldset>
  );
  return (
    <CompareDialog
      key={`${before.id} ${after.id}`}
      dialog={{ kind: "compare", before: pictureOf(before), after: pictureOf(after) }}
      close={onClose}
      extra={strip}
    />
  );
}
