import { canonical } from "../engine/cache-key.ts";
import type { Catalogue } from "../engine/types.ts";
import type { Graph } from "../protocol/graph.ts";
import { toUsd } from "../protocol/money.ts";
import type { Scorecard, ScorecardRow, Story } from "../protocol/quality.ts";
import { sha256 } from "./digest.ts";
import type { Journal } from "./ports.ts";
import { loadJudged, storiesOf } from "./stories.ts";

/** What one run adds to the row of its state. */
export type CountedRun = {
  state: string;
  at: number;
  costUsd: number;
  stories: readonly Story[];
  /** The template's revision it was made from. */
  revision?: number;
};

/** Names what a graph does: nodes with their settings, and wires. Where cards lie, what they are called and which try they are does not change it. */
export function stateOf({ nodes, edges }: Graph): string {
  const doing = {
    nodes: nodes.map(({ id, type, typeVersion, config, mode }) => ({ id, type, typeVersion, config, mode })),
    edges: edges.map(({ source, sourceHandle, target, targetHandle, loop }) => ({
      source,
      sourceHandle,
      target,
      targetHandle,
      loop,
    })),
  };
  return sha256(canonical(JSON.parse(JSON.stringify(doing)))).slice(0, 16);
}

/** Runs as rows, one for each state of the graph that judged something, newest first. */
export function scorecardOf(runs: readonly CountedRun[]): ScorecardRow[] {
  const states = new Map<string, CountedRun[]>();
  for (const run of runs) states.set(run.state, [...(states.get(run.state) ?? []), run]);
  return [...states.values()]
    .flatMap((mine) => rowOf(mine) ?? [])
    .sort((a, b) => b.to - a.to || (a.state < b.state ? -1 : 1));
}

function rowOf(runs: readonly CountedRun[]): ScorecardRow | undefined {
  // What was told from the cache from beginning to end was counted when it was made.
  const fresh = (story: Story) => story.passes.some(({ cached }) => !cached);
  const stories = runs.flatMap((run) => run.stories.filter(fresh));
  const ended = stories.filter(({ end }) => end !== "open");
  const [first] = runs;
  if (!first || stories.length === 0) return undefined;
  const judged = stories.reduce((sum, { passes }) => sum + passes.length, 0);
  const approved = ended.filter(({ end }) => end === "passed").length;
  const spent = runs.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const times = runs.map(({ at }) => at);
  const revisions = [...new Set(runs.flatMap(({ revision = [] }) => revision))].sort((a, b) => a - b);
  return {
    state: first.state,
    from: Math.min(...times),
    to: Math.max(...times),
    runs: runs.filter((run) => run.stories.some(fresh)).length,
    ...(revisions.length > 0 ? { revisions } : {}),
    judged,
    stories: ended.length,
    approved,
    ...(ended.length > 0 ? { passRate: approved / ended.length } : {}),
    ...(approved > 0
      ? { passesPerApproved: judged / approved, usdPerApproved: Math.round((spent / approved) * 1e6) / 1e6 }
      : {}),
    ...weakestOf(stories),
  };
}

function weakestOf(stories: readonly Story[]): Pick<ScorecardRow, "weakest"> {
  const lines = new Map<string, { line: string; failed: number; asked: number }>();
  for (const { id, passed } of stories.flatMap(({ passes }) => passes.flatMap(({ verdict }) => verdict.checks))) {
    const line = lines.get(id) ?? { line: id, failed: 0, asked: 0 };
    lines.set(id, { ...line, failed: line.failed + (passed ? 0 : 1), asked: line.asked + 1 });
  }
  const [weakest] = [...lines.values()].sort((a, b) => b.failed - a.failed || b.failed / b.asked - a.failed / a.asked);
  return weakest && weakest.failed > 0 ? { weakest } : {};
}

/** How the newest runs of a graph did, by what the graph was when they ran. Empty for a graph that never judged anything. */
export async function graphScorecard(
  ports: { journal: Journal; catalogue: Catalogue },
  graphId: string,
  { limit }: { limit: number },
): Promise<Scorecard> {
  const rows = await ports.journal.listRuns({ limit, graphId });
  const counted: CountedRun[] = [];
  for (const row of rows) {
    const judged = await loadJudged(ports, row.id);
    if (!judged) continue;
    counted.push({
      state: stateOf(judged.drawn ?? judged.graph),
      at: row.createdAt,
      revision: row.params.template?.revision,
      costUsd: toUsd(judged.calls.reduce((sum, call) => sum + call.costMicro, 0)),
      stories: storiesOf(judged),
    });
  }
  return { rows: scorecardOf(counted), runs: rows.length };
}
