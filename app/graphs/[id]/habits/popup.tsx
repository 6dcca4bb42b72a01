"use client";
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef } from "react";
import type { Point } from "#lib/client/editor/state.ts";

const MARGIN = 8;

/**
 * A native dialog over the canvas: at a point (never outside of the window), in the upper middle, or, not modal, in the upper right corner.
 * On a phone it is a sheet at the bottom. Focus goes back where it was when it closes.
 */
export function Popup({
  label,
  at,
  size,
  modal = true,
  close,
  children,
}: {
  label: string;
  at: Point | "top" | "corner";
  /** Pixels; the height is the most it may take. */
  size: { width: number; height: number };
  modal?: boolean;
  close(): void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    if (modal) dialog.showModal();
    else dialog.show();
    return () => {
      dialog.close();
      if (!modal && before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [modal]);
  const [x, y] =
    at === "top"
      ? [(innerWidth - size.width) / 2, Math.min(120, innerHeight / 8)]
      : at === "corner"
        ? [innerWidth - size.width - 16, 72]
        : [at.x, at.y];
  const within = (value: number, room: number) => Math.max(MARGIN, Math.min(value, room - MARGIN));
  const style = {
    "--x": `${within(x, innerWidth - size.width)}px`,
    "--y": `${within(y, innerHeight - size.height)}px`,
    "--w": `${size.width}px`,
    "--h": `${Math.min(size.height, innerHeight - 2 * MARGIN)}px`,
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog; the click is on what lies around it.
    <dialog
      ref={ref}
      aria-label={label}
      style={style}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === event.currentTarget && close()}
      className="fixed inset-auto z-40 m-0 animate-appear overflow-hidden border border-line bg-surface p-0 text-ink shadow-lg backdrop:bg-transparent max-sm:inset-x-0 max-sm:bottom-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-t-2xl sm:top-(--y) sm:left-(--x) sm:w-(--w) sm:rounded-xl"
    >
      <div className="flex max-h-[min(70dvh,var(--h))] flex-col sm:max-h-(--h)">{children}</div>
    </dialog>
  );
}
