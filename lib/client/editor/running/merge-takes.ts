import type { NodeTake as TakeOfNode } from "../../../protocol/takes.ts";
import type { NodeTake } from "../node-run.ts";

type Takes = ReadonlyMap<string, readonly NodeTake[]>;

/** Adds past results to those known, newest first; lists of nodes without news stay the very same. */
export function mergeTakes(known: Takes, news: readonly TakeOfNode[]): Takes {
  let merged: Map<string, readonly NodeTake[]> | undefined;
  for (const [nodeId, takes] of Map.groupBy(news, (take) => take.nodeId)) {
    const before = known.get(nodeId) ?? [];
    const byName = new Map(before.map((take) => [nameOf(take), take]));
    let changed = false;
    for (const { nodeId: _, ...take } of takes) {
      const name = nameOf(take);
      const old = byName.get(name);
      const recipes = [...new Set([...(old?.recipes ?? []), ...take.recipes])];
      // Told as the run that made it, where that is known.
      const nearer = old && (take.cached ? !old.cached || old.at <= take.at : old.runId === take.runId) ? old : take;
      if (old && nearer === old && recipes.length === (old.recipes?.length ?? 0)) continue;
      byName.set(name, { ...nearer, recipes });
      changed = true;
    }
    if (!changed) continue;
    merged ??= new Map(known);
    merged.set(
      nodeId,
      [...byName.values()].sort((a, b) => b.at - a.at),
    );
  }
  return merged ?? known;
}

/** Results of several items are told apart by their run: a key names the first item only. */
const nameOf = ({ key, items, runId, pass }: NodeTake): string =>
  key !== undefined && (items ?? 1) <= 1 ? key : `${runId} ${pass}`;
