"use client";
import type { PortKind } from "#lib/protocol/values.ts";

/** A small mark in the colour of what travels along a wire; beside words that say the same. */
export function PortMark({ kind }: { kind: PortKind }) {
  return (
    <span aria-hidden="true" className="size-2.5 shrink-0 rounded-full" style={{ background: `var(--kind-${kind})` }} />
  );
}
