"use client";
import { BarButton } from "./controls.tsx";

/** Asked before work is thrown away. */
export function DiscardBar({ what, onKeep, onDiscard }: { what: string; onKeep(): void; onDiscard(): void }) {
  return (
    <div
      role="alertdialog"
      aria-label={`Discard ${what}?`}
      className="flex flex-wrap items-center justify-center gap-3 border-line border-b bg-surface px-3 py-2 text-sm"
    >
      <p>Discard {what}?</p>
      <BarButton onClick={onKeep} autoFocus>
        Keep working
      </BarButton>
      <BarButton onClick={onDiscard}>Discard</BarButton>
    </div>
  );
}
