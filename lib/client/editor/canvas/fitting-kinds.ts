import { fit } from "../../../engine/fit.ts";
import { KINDS, type PortKind } from "../../../protocol/values.ts";

const ALL: readonly PortKind[] = [...KINDS, "any"];

/** The kinds of port on the other side that a wire from this one may end at. */
export const fittingKinds = (side: "in" | "out", kind: PortKind): PortKind[] =>
  ALL.filter((other) => (side === "out" ? fit(kind, other) : fit(other, kind)) === null);
