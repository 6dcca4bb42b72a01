import type { Problem } from "../../../protocol/problems.ts";
import { outermost } from "../../inside.ts";

const indexes = new WeakMap<readonly Problem[], ReadonlyMap<string, readonly Problem[]>>();
const NONE: readonly Problem[] = [];

/** The problems of one node, and of what stands inside it, errors first; one list for as long as the problems are the same. */
export function problemsOfNode(problems: readonly Problem[], nodeId: string): readonly Problem[] {
  let index = indexes.get(problems);
  if (!index) {
    const sorted = [...problems].sort((a, b) => Number(a.level === "warning") - Number(b.level === "warning"));
    index = Map.groupBy(sorted, ({ node }) => outermost(node ?? ""));
    indexes.set(problems, index);
  }
  return index.get(nodeId) ?? NONE;
}
