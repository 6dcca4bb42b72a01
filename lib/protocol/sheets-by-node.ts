import type { SheetUse } from "./library.ts";

/** For `recipes`: by node, a short name of the sheets it takes in. */
export const sheetsByNode = (uses: readonly SheetUse[]): Record<string, string> => {
  const named: Record<string, string> = Object.create(null);
  for (const { nodeId, field, hash } of uses) {
    // What is inside a node that stands for a graph belongs to that node.
    const [outer = nodeId] = nodeId.split("/");
    named[outer] = `${named[outer] ?? ""} ${field}=${hash}`;
  }
  return named;
};
