"use client";
import { useEffect, useRef } from "react";

/** Asks in place, over the picture of what would go. Escape keeps it. */
export function ConfirmDelete({ name, onConfirm, onKeep }: { name: string; onConfirm(): void; onKeep(): void }) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own
    <div
      role="group"
      aria-label={`Delete ${name}?`}
      onKeyDown={(event) => event.key === "Escape" && onKeep()}
      className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-3 bg-[#141414]/85 p-3 text-center text-[#f2f0ed] text-sm"
    >
      <p className="line-clamp-2 font-medium">Delete “{name}”?</p>
      <div className="flex gap-2">
        <button
          type="button"
          onClick={onConfirm}
          className="min-h-9 rounded-lg bg-[#ff8a7d] px-4 font-medium text-[#2a0a06] hover:brightness-110"
        >
          Delete
        </button>
        <button
          ref={keep}
          type="button"
          onClick={onKeep}
          className="min-h-9 rounded-lg border border-white/30 px-4 font-medium hover:bg-white/10"
        >
          Keep
        </button>
      </div>
    </div>
  );
}
