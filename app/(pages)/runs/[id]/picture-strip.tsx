"use client";
import { assetUrl } from "#lib/client/call-api.ts";
import type { ShownStep } from "#lib/client/run-steps.ts";

/** Every picture of the run so far, side by side, each leading to the step that made it; what is being drawn shows its latest preview. */
export function PictureStrip({ steps }: { steps: readonly ShownStep[] }) {
  const seen = new Set<string>();
  const shown = steps.flatMap((step) => {
    const done = Object.values(step.outputs)
      .flat()
      .filter((value) => value.kind === "image")
      .filter(({ asset }) => !seen.has(asset) && seen.add(asset))
      .map(({ asset, width, height }) => ({
        id: asset,
        url: assetUrl(asset, 640),
        ratio: width / height,
        step,
        rough: false,
      }));
    const coming = step.step?.state === "running" ? step.partials : [];
    return [
      ...done,
      ...coming.map(({ item, slot, url }) => ({
        id: `${step.key} ${item} ${slot}`,
        url,
        ratio: undefined,
        step,
        rough: true,
      })),
    ];
  });
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Pictures of this run" className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-2 sm:mx-0 sm:px-0">
      {shown.map(({ id, url, ratio, step, rough }) => (
        <li key={id} className="shrink-0">
          <a href={`#${step.key}`} title={step.title} className="block overflow-hidden rounded-lg bg-well">
            <img
              src={url}
              alt={`${step.title}${rough ? ", still being drawn" : ""}`}
              style={{ aspectRatio: ratio }}
              className={`h-44 w-auto max-w-none transition sm:h-52 ${rough ? "blur-[3px]" : "hover:brightness-110"}`}
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
