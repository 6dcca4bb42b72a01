"use client";
import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useZoom } from "./stage.tsx";
import type { StageView } from "./stage-view.ts";

/** Zoom of a stage, over its lower left corner. */
export function ZoomButtons({ view }: { view: StageView }) {
  const zoom = useZoom(view);
  const look = "grid h-9 min-w-9 place-items-center px-1 text-soft hover:bg-ink/8 hover:text-ink";
  return (
    <div className="absolute bottom-3 left-3 flex items-center overflow-hidden rounded-xl border border-line bg-surface/95 shadow-sm">
      <button
        type="button"
        aria-label="Zoom out"
        title="Zoom out"
        onClick={() => view.zoomBy(1 / 1.4)}
        className={look}
      >
        <ZoomOut aria-hidden="true" className="size-4" />
      </button>
      <button
        type="button"
        title="Show at 100 % (0)"
        aria-label={`Zoom ${zoom} %; show at 100 %`}
        onClick={() => view.zoomTo(1)}
        className={`${look} w-14 text-xs tabular-nums`}
      >
        {zoom} %
      </button>
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => view.zoomBy(1.4)} className={look}>
        <ZoomIn aria-hidden="true" className="size-4" />
      </button>
      <button type="button" aria-label="Show all" title="Show all (1)" onClick={() => view.fit()} className={look}>
        <Maximize aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}

/** Keys every stage has. */
export const stageKeys = (view: StageView): Record<string, () => void> => ({
  "0": () => view.zoomTo(1),
  "1": () => view.fit(),
  "+": () => view.zoomBy(1.4),
  "=": () => view.zoomBy(1.4),
  "-": () => view.zoomBy(1 / 1.4),
});
