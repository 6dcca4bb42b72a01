"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { panned, pinched, type Size, toPicture, zoomedAt } from "#lib/client/editor/paint/camera.ts";
import type { Point } from "#lib/client/editor/state.ts";
import type { StageView } from "./stage-view.ts";

/** Where a hand is on the picture (picture pixels); `pressure` 0–1 of a pen, undefined for a mouse or a finger. */
export type Touch = Point & { pressure?: number };
/** What a tool does with a hand that is put down, moved and lifted. `cancel`: it was no stroke after all (a second finger came). */
export type Hand = {
  down(at: Touch, how: { eraser: boolean; shift: boolean }): void;
  move(way: readonly Touch[]): void;
  up(): void;
  cancel(): void;
};
/** Draws in picture pixels; `scale` is CSS pixels per picture pixel. `pointer` is where the mouse or pen hovers. */
export type Draw = (context: CanvasRenderingContext2D, about: { scale: number; pointer?: Point }) => void;

type Active = Map<number, Point>;

/**
 * A picture that can be zoomed (wheel, pinch), moved (space, middle button, two fingers, or any drag when there is no tool) and worked on. Draws
 * when its view or its owner changes, at the resolution of the screen.
 */
export function Stage({
  picture,
  view,
  draw,
  hand,
  label,
  cursor = "crosshair",
  className = "",
}: {
  picture: Size;
  view: StageView;
  draw: Draw;
  hand?: Hand;
  label: string;
  cursor?: string;
  className?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ draw, hand, view, picture, cursor });
  latest.current = { draw, hand, view, picture, cursor };
  const { width, height } = picture;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    return mount(element, latest);
  }, []);
  // Whatever the owner draws may have changed with it.
  useEffect(() => view.redraw());
  useEffect(() => {
    const stage = canvas.current?.getBoundingClientRect();
    if (stage) view.resized({ width, height }, stage);
  }, [view, width, height]);

  return (
    <div className={`relative min-h-0 min-w-0 flex-1 overflow-hidden bg-well ${className}`}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="absolute inset-0 size-full touch-none select-none"
      />
    </div>
  );
}

/** The zoom in percent, for a label. */
export const useZoom = (view: StageView): number =>
  useSyncExternalStore(
    view.subscribe,
    () => Math.round(view.camera.scale * 100),
    () => 100,
  );

type Latest = { current: { draw: Draw; hand?: Hand; view: StageView; picture: Size; cursor: string } };

function mount(element: HTMLCanvasElement, latest: Latest): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  const active: Active = new Map();
  let doing: "nothing" | "tool" | "pan" | "pinch" = "nothing";
  let space = false;
  let over = false;
  let pens = false;
  let pointer: Point | undefined;
  let frame = 0;

  const paint = () => {
    frame = 0;
    const { draw, view } = latest.current;
    const context = element.getContext("2d");
    if (!context) return;
    const dots = devicePixelRatio;
    const [wide, tall] = [Math.round(element.clientWidth * dots), Math.round(element.clientHeight * dots)];
    if (element.width !== wide || element.height !== tall) [element.width, element.height] = [wide, tall];
    const { x, y, scale } = view.camera;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, wide, tall);
    context.setTransform(dots * scale, 0, 0, dots * scale, dots * x, dots * y);
    // Far in, pixels are squares to be seen.
    context.imageSmoothingEnabled = scale * dots < 4;
    context.imageSmoothingQuality = "high";
    draw(context, { scale, ...(pointer && doing !== "pan" ? { pointer: toPicture(view.camera, pointer) } : {}) });
  };
  const redraw = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const place = (event: PointerEvent | WheelEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const touch = (event: PointerEvent): Touch => ({
    ...toPicture(latest.current.view.camera, place(event)),
    ...(event.pointerType === "pen" && event.pressure > 0 ? { pressure: event.pressure } : {}),
  });
  const pointers = (): [Point, Point] => [...active.values()].slice(0, 2) as [Point, Point];
  const showCursor = () => {
    element.style.cursor =
      doing === "pan" ? "grabbing" : space || !latest.current.hand ? "grab" : latest.current.cursor;
  };

  element.addEventListener(
    "pointerdown",
    (event) => {
      const { hand } = latest.current;
      // A palm that rests while a pen draws must not paint.
      if (event.pointerType === "pen") pens = true;
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      active.set(event.pointerId, place(event));
      pointer = event.pointerType === "touch" ? undefined : place(event);
      if (active.size === 2) {
        if (doing === "tool") hand?.cancel();
        doing = "pinch";
      } else if (active.size === 1) {
        const moves = !hand || space || event.button === 1 || (pens && event.pointerType === "touch");
        doing = moves ? "pan" : event.button === 0 || event.button === 5 ? "tool" : "nothing";
        if (doing === "tool") hand?.down(touch(event), { eraser: (event.buttons & 32) !== 0, shift: event.shiftKey });
      }
      showCursor();
      redraw();
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      const { hand, view } = latest.current;
      const at = place(event);
      if (event.pointerType !== "touch") pointer = at;
      const before = active.get(event.pointerId);
      if (before && doing === "pan") view.look(panned(view.camera, at.x - before.x, at.y - before.y));
      if (before && doing === "pinch" && active.size >= 2) {
        const from = pointers();
        active.set(event.pointerId, at);
        view.look(pinched(view.camera, from, pointers()));
      }
      if (before && doing === "tool") {
        const way = event.getCoalescedEvents?.() ?? [];
        hand?.move((way.length > 0 ? way : [event]).map(touch));
      }
      if (before) active.set(event.pointerId, at);
      redraw();
    },
    { signal },
  );
  const lift = (event: PointerEvent, cancelled: boolean) => {
    if (!active.delete(event.pointerId)) return;
    const { hand } = latest.current;
    if (doing === "tool") cancelled ? hand?.cancel() : hand?.up();
    // One finger of a pinch is left: it goes on moving the picture, it does not begin to paint.
    doing = doing === "pinch" && active.size > 0 ? "pan" : active.size > 0 ? doing : "nothing";
    showCursor();
    redraw();
  };
  element.addEventListener("pointerup", (event) => lift(event, false), { signal });
  element.addEventListener("pointercancel", (event) => lift(event, true), { signal });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  element.addEventListener(
    "pointerenter",
    () => {
      over = true;
      showCursor();
    },
    { signal },
  );
  element.addEventListener(
    "pointerleave",
    () => {
      [over, pointer] = [false, undefined];
      redraw();
    },
    { signal },
  );
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { view } = latest.current;
      // A pinch on a trackpad arrives as a wheel with Ctrl, in smaller steps.
      const speed = event.ctrlKey ? 0.01 : event.deltaMode === 1 ? 0.05 : 0.0018;
      if (event.shiftKey) view.look(panned(view.camera, -(event.deltaX || event.deltaY), 0));
      else view.look(zoomedAt(view.camera, place(event), Math.exp(-event.deltaY * speed)));
    },
    { signal, passive: false },
  );
  for (const [type, held] of [
    ["keydown", true],
    ["keyup", false],
  ] as const)
    addEventListener(
      type,
      (event) => {
        if (event.key !== " " || (!over && !space)) return;
        // With the mouse on the picture, space is the hand: it must not press the button that was clicked last.
        if (event.target instanceof HTMLTextAreaElement) return;
        event.preventDefault();
        space = held;
        showCursor();
      },
      { signal, capture: true },
    );
  const watch = new ResizeObserver(() => {
    const { view, picture } = latest.current;
    view.resized(picture, { width: element.clientWidth, height: element.clientHeight });
  });
  watch.observe(element);
  let stop = latest.current.view.subscribe(redraw);
  signal.addEventListener("abort", () => {
    stop();
    stop = () => {};
    watch.disconnect();
    cancelAnimationFrame(frame);
  });
  return () => ends.abort();
}
