"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

/** A large native dialog in the middle of the screen, the whole screen on a phone. Keys stay inside it; Escape closes it. */
export function Sheet({ title, close, children }: { title: string; close(): void; children: ReactNode }) {
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
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      className="m-auto hidden max-h-[92dvh] w-[min(72rem,96vw)] animate-appear flex-col overflow-hidden rounded-2xl border border-line bg-canvas p-0 text-ink shadow-lg backdrop:bg-black/50 open:flex max-sm:h-dvh max-sm:max-h-none max-sm:w-screen max-sm:max-w-none max-sm:rounded-none"
    >
      <header className="flex items-center justify-between border-line border-b bg-surface py-2 pr-2 pl-4">
        <h2 className="font-semibold">{title}</h2>
        <button type="button" onClick={close} className="rounded-lg p-2 text-soft hover:bg-ink/8 hover:text-ink">
          <X aria-hidden="true" className="size-4.5" />
          <span className="sr-only">Close</span>
        </button>
      </header>
      <div className="min-h-0 overflow-y-auto p-4">{children}</div>
    </dialog>
  );
}
