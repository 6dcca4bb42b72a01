"use client";
import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { GRID } from "#lib/client/editor/canvas/canvas-state.ts";

/** Dots fade out between these zooms. */
const [GONE, FULL] = [0.4, 0.6];

/**
 * The dot grid: one layer a little larger than the screen that is only shifted while the view moves, so that panning paints nothing.
 */
export function Dots() {
  const layer = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useEffect(() => {
    let drawn: readonly number[] = [];
    const place = () => {
      const { transform } = store.getState();
      const element = layer.current;
      if (!element || transform === drawn) return;
      const [x, y, zoom] = transform;
      if (zoom !== drawn[2]) {
        element.style.opacity = String(Math.min(1, Math.max(0, (zoom - GONE) / (FULL - GONE))));
        element.style.backgroundSize = `${GRID * zoom}px ${GRID * zoom}px`;
      }
      drawn = transform;
      if (zoom <= GONE) return;
      const step = GRID * zoom;
      element.style.transform = `translate(${((x % step) + step) % step}px, ${((y % step) + step) % step}px)`;
    };
    place();
    return store.subscribe(place);
  }, [store]);
  return <div ref={layer} aria-hidden="true" className="canvas-dots" />;
}
