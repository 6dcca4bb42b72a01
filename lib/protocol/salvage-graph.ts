import type * as z from "zod";
import { Graph } from "./graph.ts";

type Holder = Record<string | number, unknown>;

/**
 * What can still be read of a document the schema refused: wrong fields fall back to their defaults, entries without what they need are left out. Only for
 * finding more mistakes in the same go; a salvaged graph is never run and never saved. Undefined when nothing can be made of it.
 */
export function salvageGraph(
  document: Record<string, unknown>,
  issues: readonly z.core.$ZodIssue[],
): Graph | undefined {
  const copy = structuredClone(document);
  let open = issues;
  for (let round = 0; round < 3 && open.length > 0; round += 1) {
    for (const issue of open) dropAt(copy, issue);
    for (const list of ["inputs", "nodes", "edges", "frames"]) {
      const entries = copy[list];
      if (Array.isArray(entries)) copy[list] = entries.filter((entry) => entry !== undefined);
    }
    const parsed = Graph.safeParse(copy);
    if (parsed.success) return parsed.data;
    // What a default cannot mend (a missing id, a wrong handle) takes its whole entry along in the next round.
    open = parsed.error.issues.map(
      (issue) => ({ ...issue, code: "custom", path: issue.path.slice(0, 2) }) as z.core.$ZodIssue,
    );
  }
  return undefined;
}

function dropAt(document: Holder, issue: z.core.$ZodIssue): void {
  const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  for (const path of paths) {
    let holder: unknown = document;
    for (const key of path.slice(0, -1)) holder = (holder as Holder | undefined)?.[key as string];
    const last = path.at(-1);
    if (typeof holder !== "object" || holder === null || last === undefined) continue;
    if (Array.isArray(holder)) holder[Number(last)] = undefined;
    else delete (holder as Holder)[String(last)];
  }
}
