import { StepError } from "../protocol/failure.ts";
import type { Kind, PortKind, Value } from "../protocol/values.ts";

/** What fits beyond equal kinds (nodes.md, "Fits"): the kinds each kind can also be read as. */
const ALSO: Partial<Record<Kind, Kind>> = { image: "thread", spec: "text", number: "text", verdict: "text" };

/** Null when a wire may carry one kind into the other, else a sentence that says why not. The same on canvas and server. */
export function fit(from: PortKind, to: PortKind): null | string {
  // What an `any` output carries is known only when it arrives; `convert` looks again then.
  if (from === to || from === "any" || to === "any" || ALSO[from] === to) return null;
  return `${withArticle(from)} does not fit where ${withArticle(to)} is wanted`;
}

/** A value as a port of `kind` receives it. Throws StepError NO_THREAD or PORT_TYPE_MISMATCH. */
export function convert(value: Value, kind: PortKind): Value {
  if (kind === "any" || value.kind === kind) return value;
  if (kind === "text") {
    if (value.kind === "spec") return { kind: "text", text: value.text };
    if (value.kind === "number") return { kind: "text", text: String(value.number) };
    if (value.kind === "verdict") return { kind: "text", text: value.notes };
  }
  if (kind === "thread" && value.kind === "image") {
    if (value.turn) return { kind: "thread", turn: value.turn };
    throw new StepError(
      "NO_THREAD",
      "This image has no conversation to continue: it was uploaded or made in the one-shot lane.",
    );
  }
  throw new StepError("PORT_TYPE_MISMATCH", `${fit(value.kind, kind)}.`);
}

const withArticle = (kind: PortKind): string => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);
