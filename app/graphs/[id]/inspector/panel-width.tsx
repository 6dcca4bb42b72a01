"use client";
import { type CSSProperties, useEffect, useState } from "react";
import { recall, remember } from "#lib/client/remembered.ts";

/** Pixels. */
const LEAST = 280;
const MOST = 640;
const FIRST = 336;
const STEP = 16;

const held = (width: number): number => Math.min(MOST, Math.max(LEAST, Math.round(width)));

/** How wide the panel is, as this browser remembers it. */
export function usePanelWidth(): { width: number; style: CSSProperties; set(width: number): void } {
  const [width, setWidth] = useState(FIRST);
  useEffect(() => {
    const kept = Number(recall("inspector-width"));
    if (kept > 0) setWidth(held(kept));
  }, []);
  return {
    width,
    style: { "--inspector-width": `${width}px` } as CSSProperties,
    set: (next) => {
      setWidth(held(next));
      remember("inspector-width", String(held(next)));
    },
  };
}

/** The left edge of the panel: dragged, or moved with the arrow keys. */
export function ResizeEdge({ width, set }: { width: number; set(width: number): void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; this is the separator of a resizable panel
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the inspector"
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
        set(right - event.clientX);
      }}
      onDoubleClick={() => set(FIRST)}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? STEP : event.key === "ArrowRight" ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        event.stopPropagation();
        set(width + by);
      }}
      className="absolute inset-y-3 -left-1.5 z-10 hidden w-3 cursor-col-resize touch-none rounded-full after:absolute after:inset-y-0 after:left-1 after:w-1 after:rounded-full hover:after:bg-ink/15 focus-visible:after:bg-brand md:block"
    />
  );
}
