"use client";
import type { PortKind } from "#lib/protocol/values.ts";
import { PortShape } from "../canvas/port-shape.tsx";

/** What travels along a wire, by shape and colour; beside words that say the same. */
export const PortMark = ({ kind }: { kind: PortKind }) => (
  <span aria-hidden="true" className="grid size-3 shrink-0 place-items-center" style={{ color: `var(--kind-${kind})` }}>
    <PortShape kind={kind} />
  </span>
);
