import type { AnyNode } from "../../../sdk/define-node.ts";
import { settingsOf } from "./node-schema.ts";

/** How a node is drawn: as a card, as a note pinned to the canvas, as a bend in a wire, or as a stub of an unknown type. */
export type Look = "card" | "note" | "dot" | "stub";

const looks = new WeakMap<AnyNode, Look>();

/** Told by the definition alone, so that a new node type needs nothing here. */
export function lookOf(type: AnyNode | undefined): Look {
  if (!type) return "stub";
  let look = looks.get(type);
  if (!look) {
    look = isNote(type) ? "note" : isDot(type) ? "dot" : "card";
    looks.set(type, look);
  }
  return look;
}

/** The setting that holds a note's Markdown. */
export const noteField = (type: AnyNode): string | undefined =>
  settingsOf(type).find(({ schema }) => schema.control === "markdown")?.field;

const isNote = (type: AnyNode): boolean => type.runs === false && noteField(type) !== undefined;

function isDot(type: AnyNode): boolean {
  const [inputs, outputs] = [Object.values(type.inputs), Object.values(type.outputs)];
  return (
    type.effect === "pure" &&
    inputs.length === 1 &&
    outputs.length === 1 &&
    inputs[0]?.kind === "any" &&
    outputs[0]?.kind === "any" &&
    settingsOf(type).length === 0
  );
}
