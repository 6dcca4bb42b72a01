"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Asked, AskedPicture } from "#lib/client/review/asked.ts";
import type { VerdictLine } from "#lib/client/review/verdict-lines.ts";
import type { Mark } from "#lib/protocol/marks.ts";
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
          {lines.map(({ id, box, number, title, passed }) =>
            box ? (
              <span
                key={id}
                title={title}
                style={{
                  left: `${(box[0] ?? 0) * 100}%`,
                  top: `${(box[1] ?? 0) * 100}%`,
                  width: `${(box[2] ?? 0) * 100}%`,
                  height: `${(box[3] ?? 0) * 100}%`,
                }}
                className={`pointer-events-none absolute rounded-sm border-2 shadow-[0_0_0_1px_rgb(0_0_0/0.6)] ${passed ? "border-done" : "border-fail"}`}
              >
                <span
                  className={`absolute top-0 left-0 grid size-5 place-items-center rounded-br-sm font-semibold text-[11px] text-black ${passed ? "bg-done" : "bg-fail"}`}
                >
                  {number}
                </span>
              </span>
            ) : null,
          )}
        </div>
      </div>
      {onGo && (
        <>
          <Turn name="Previous picture (K)" side="left-2" Icon={ChevronLeft} onClick={() => onGo(-1)} />
          <Turn name="Next picture (J)" side="right-2" Icon={ChevronRight} onClick={() => onGo(1)} />
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

const Turn = ({
  name,
  side,
  Icon,
  onClick,
}: {
  name: string;
  side: string;
  Icon: typeof ChevronLeft;
  onClick(): void;
}) => (
  <button
    type="button"
    aria-label={name}
    title={name}
    onClick={onClick}
    className={`absolute top-1/2 ${side} grid size-11 -translate-y-1/2 place-items-center rounded-full bg-canvas/70 text-ink hover:bg-canvas`}
  >
    <Icon aria-hidden="true" className="size-6" />
  </button>
);
