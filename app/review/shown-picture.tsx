"use client";
import { useEffect, useRef } from "react";
import type { Asked, AskedPicture } from "#lib/client/review/asked.ts";
import type { VerdictLine } from "#lib/client/review/verdict-lines.ts";
import type { Mark } from "#lib/protocol/marks.ts";
import { BoxesOver } from "../_ui/quality/boxes-over.tsx";
import { TurnButton } from "../_ui/stage/turn-button.tsx";
import { MarksOver } from "./marks-over.tsx";

/** A finger that moved this far sideways, and more sideways than down, turns the page (CSS pixels). */
const SWIPE = 56;
/** Longest side of the picture while it is shown whole; zoomed in, its own pixels are loaded. */
const FITTED = 2048;

/** One picture from edge to edge, with what a judge marked and what was drawn over it. A double click shows its own pixels. */
export function ShownPicture({
  asked,
  picture,
  name,
  lines,
  marks,
  whole,
  onWhole,
  onGo,
}: {
  asked: Asked;
  picture: AskedPicture;
  name: string;
  /** Lines whose boxes are shown; none hides them. */
  lines: readonly VerdictLine[];
  marks: readonly Mark[];
  /** Shown whole, or at its own pixels and moved about. */
  whole: boolean;
  onWhole(whole: boolean): void;
  onGo?(by: 1 | -1): void;
}) {
  const { asset, width, height } = picture;
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef({ whole, onWhole, onGo });
  latest.current = { whole, onWhole, onGo };
  useEffect(() => (frame.current ? listen(frame.current, latest) : undefined), []);
  useEffect(() => {
    const box = frame.current;
    if (!box || whole) return;
    box.scrollTo((box.scrollWidth - box.clientWidth) / 2, (box.scrollHeight - box.clientHeight) / 2);
  }, [whole]);
  const fitted = { width: `min(100cqw, calc(100cqh * ${width / height}))`, aspectRatio: `${width} / ${height}` };
  const own = { width, aspectRatio: `${width} / ${height}` };
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={frame}
        className={`absolute inset-0 grid place-items-center [container-type:size] ${whole ? "overflow-hidden" : "overflow-auto"}`}
      >
        <div className="relative" style={whole ? fitted : own}>
          <img
            key={asset}
            src={asked.address(asset, whole ? FITTED : undefined)}
            alt={name}
            draggable={false}
            className="size-full max-w-none animate-appear select-none bg-well"
          />
          <MarksOver marks={marks} width={width} height={height} />
          <BoxesOver lines={lines} />
        </div>
      </div>
      {onGo && (
        <>
          <TurnButton to="previous" hint="K" onClick={() => onGo(-1)} />
          <TurnButton to="next" hint="J" onClick={() => onGo(1)} />
        </>
      )}
    </div>
  );
}

type Latest = { current: { whole: boolean; onWhole(whole: boolean): void; onGo?(by: 1 | -1): void } };

/** A double click looks closer, a swipe turns the page; looking closely, a finger moves the picture instead. */
function listen(frame: HTMLElement, latest: Latest): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let from: { x: number; y: number } | undefined;
  frame.addEventListener("dblclick", () => latest.current.onWhole(!latest.current.whole), { signal });
  frame.addEventListener(
    "touchstart",
    ({ touches }) => {
      const first = touches[0];
      from = touches.length === 1 && first && latest.current.whole ? { x: first.clientX, y: first.clientY } : undefined;
    },
    { signal, passive: true },
  );
  frame.addEventListener(
    "touchend",
    ({ changedTouches }) => {
      const last = changedTouches[0];
      const began = from;
      from = undefined;
      if (!began || !last) return;
      const [dx, dy] = [last.clientX - began.x, last.clientY - began.y];
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) latest.current.onGo?.(dx < 0 ? 1 : -1);
    },
    { signal },
  );
  return () => ends.abort();
}
