"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

/** A small dialog in the middle of the screen; Escape and a click beside it close it. */
export function Modal({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={title}
      // A close that was taken back at once (the development mode mounts twice) is none.
      onClose={(event) => event.currentTarget.open || onClose()}
      onPointerDown={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      className="m-auto w-[min(30rem,calc(100vw-1.5rem))] rounded-xl border border-line bg-surface p-0 text-ink backdrop:bg-black/60"
    >
      <div className="grid gap-4 p-5">
        <div className="flex items-center justify-between gap-3">
          <h2 className="font-semibold">{title}</h2>
          <button
            type="button"
            aria-label="Close"
            onClick={onClose}
            className="-mr-2 grid size-11 place-items-center rounded-lg text-soft hover:text-ink"
          >
            <X aria-hidden="true" className="size-5" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
