import type { PortKind } from "#lib/protocol/values.ts";

/** Outlines in a box of 12 × 12, so that a kind is told by its shape as well as by its colour. */
const SHAPES: Record<PortKind, string> = {
  image: "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z",
  mask: "M6 1a5 5 0 0 0 0 10z",
  text: "M1.5 1.5h9v9h-9z",
  spec: "M6 .5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
  verdict: "M3.2 1.2h5.6l2.8 4.8l-2.8 4.8h-5.6l-2.8-4.8z",
  number: "M6 3a3 3 0 1 1 0 6a3 3 0 1 1 0-6z",
  record: "M1 1h4.2v4.2h-4.2zM6.8 1h4.2v4.2h-4.2zM1 6.8h4.2v4.2h-4.2zM6.8 6.8h4.2v4.2h-4.2z",
  thread: "M6 .8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 1 1 0-10.4z",
  revision: "M1 10.5l5-9.5l5 9.5z",
  file: "M2 .8h5l3.2 3.2v7.2h-8.2z",
  any: "M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z",
};

/** A port's shape in its kind's colour. Hollow: the port is optional and has no wire. */
export const PortShape = ({ kind, hollow = false }: { kind: PortKind; hollow?: boolean }) => (
  <svg viewBox="0 0 12 12" aria-hidden="true" className="canvas-port-shape" data-hollow={hollow || undefined}>
    <path d={SHAPES[kind]} />
    {kind === "thread" && <circle cx={6} cy={6} r={2.4} className="canvas-port-ring" />}
    {kind === "mask" && <path d="M6 1a5 5 0 0 1 0 10" className="canvas-port-rest" />}
  </svg>
);
