import type { Problem } from "../../../protocol/problems.ts";

const indexes = new WeakMap<readonly Problem[], ReadonlyMap<string, readonly Problem[]>>();
const NONE: readonly Problem[] = [];

/** The problems of one node, errors first; one list for as long as the problems are the same. */
export function problemsOfNode(problems: readonly Problem[], nodeId: string): readonly Problem[] {
  let index = indexes.get(problems);
  if (!index) {
    const sorted = [...problems].sort((a, b) => Number(a.level === "warning") - Number(b.level === "warning"));
    index = Map.groupBy(sorted, ({ node }) => node ?? "");
    indexes.set(problems, index);
  }
  return index.get(nodeId) ?? NONE;
}
