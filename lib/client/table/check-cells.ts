import { resolveInputs } from "../../engine/inputs.ts";
import type { GraphInput } from "../../protocol/graph.ts";
import { type Pictures, picturesOfCell } from "./cell-values.ts";

/** What is wrong with a cell as the value of an input, as a sentence; undefined when nothing is. `cell` undefined = no cell at all. */
export type CheckCell = (input: GraphInput, cell: string | undefined) => string | undefined;

const STAND_IN = { asset: `sha256:${"0".repeat(64)}` };

/**
 * The run's own law decides (`resolveInputs`), so a table says what a form would; a picture the server will fetch counts as there, one that
 * nobody dropped is named. Equal cells are looked at once.
 */
export function createCellCheck(pictures: Pictures): CheckCell {
  const known = new Map<GraphInput, Map<string, string | undefined>>();
  return (input, cell) => {
    const ofInput = known.get(input) ?? new Map<string, string | undefined>();
    known.set(input, ofInput);
    const key = cell === undefined ? "-" : `+${cell}`;
    if (!ofInput.has(key)) ofInput.set(key, check(input, cell, pictures));
    return ofInput.get(key);
  };
}

function check(input: GraphInput, cell: string | undefined, pictures: Pictures): string | undefined {
  const given: Record<string, unknown> = {};
  if (cell !== undefined && input.type === "image") {
    const named = picturesOfCell(cell, input.many === true, pictures);
    const missing = named.find((picture) => picture.kind === "missing");
    if (missing) return `No picture “${missing.name}” was dropped here. Drop the file, or write a web address.`;
    const stored = named.map((picture) => (picture.kind === "asset" ? { asset: picture.asset } : STAND_IN));
    if (stored.length > 0) given[input.key] = input.many ? stored : stored[0];
  } else if (cell !== undefined) given[input.key] = cell;
  return resolveInputs([input], given).problems[0]?.message;
}
