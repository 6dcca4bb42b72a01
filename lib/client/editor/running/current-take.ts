import { resolveInputs } from "../../../engine/inputs.ts";
import { recipes } from "../../../engine/recipe.ts";
import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { SheetUse } from "../../../protocol/library.ts";
import { sheetsByNode } from "../../../protocol/sheets-by-node.ts";
import type { NodeTake } from "../node-run.ts";
import { sameToRun } from "./same-to-run.ts";

/** The past result that a node, as it stands in the document, would bring back; undefined when it would have to run. */
export function currentTake(
  node: Pick<GraphNode, "take" | "pin">,
  recipe: string | undefined,
  takes: readonly NodeTake[],
): NodeTake | undefined {
  if (node.pin !== undefined) return takes.find(({ key }) => key === node.pin);
  if (recipe === undefined) return undefined;
  const fitting = takes.filter((take) => take.take === node.take && take.recipes?.includes(recipe));
  // The passes of a loop are results of one recipe: its last one is what left the loop.
  return fitting.reduce<NodeTake | undefined>(
    (best, take) => (!best || take.at > best.at || (take.at === best.at && take.pass > best.pass) ? take : best),
    undefined,
  );
}

let newest: { graph: Graph; outside: string; made: ReadonlyMap<string, string> } | undefined;

/**
 * Recipes of a document with the values its inputs have in it, under the sheets of the library it would use now; worked out again only when
 * something counts that changed.
 */
export function recipesOf(graph: Graph, sheets: readonly SheetUse[] = []): ReadonlyMap<string, string> {
  const named = sheetsByNode(sheets);
  const outside = JSON.stringify(named);
  if (newest && newest.outside === outside && (newest.graph === graph || sameToRun(newest.graph, graph)))
    return newest.made;
  const made = recipes(graph, { inputs: resolveInputs(graph.inputs, {}).values, outside: named });
  newest = { graph, outside, made };
  return made;
}
