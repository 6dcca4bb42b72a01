import { type Expanded, expandGraph } from "../engine/expand-graph.ts";
import { planGraph } from "../engine/plan.ts";
import type { Catalogue, LinkedGraphs, Plan } from "../engine/types.ts";
import type { Graph } from "../protocol/graph.ts";
import type { Problem } from "../protocol/problems.ts";
import { linksOfRun } from "./linked-graphs.ts";
import type { Journal, RunRow } from "./ports.ts";

/** What a run was started from, exactly as it was. */
export type GraphOfRun = {
  /** As it was drawn. */
  drawn: Graph;
  /** The graphs that stood for nodes of it. */
  links: LinkedGraphs;
  /** As it runs: every graph in the place of its node. */
  expanded: Expanded;
};

type Ports = { journal: Pick<Journal, "getGraph">; catalogue: Catalogue };

type Recorded = Pick<RunRow, "graphHash" | "params">;

async function recorded({ journal }: Ports, run: Recorded): Promise<Pick<GraphOfRun, "drawn" | "links"> | undefined> {
  const drawn = await journal.getGraph(run.graphHash);
  return drawn && { drawn, links: await linksOfRun(journal, run.params.links) };
}

/** Undefined when the graph of the run is missing. */
export async function graphOfRun(ports: Ports, run: Recorded): Promise<GraphOfRun | undefined> {
  const found = await recorded(ports, run);
  if (!found) return undefined;
  const scope = { values: {}, missing: new Set<string>() };
  return { ...found, expanded: expandGraph(found.drawn, ports.catalogue, found.links, { scope }) };
}

/** The same, as far as it was wanted, planned. Without a plan the problems say why: a newer program may not plan what an older one did. */
export async function planOfRun(
  ports: Ports,
  run: Recorded,
): Promise<(GraphOfRun & { plan?: Plan; problems: Problem[] }) | undefined> {
  const found = await recorded(ports, run);
  return found && { ...found, ...planGraph(found.drawn, ports.catalogue, { ...run.params, links: found.links }) };
}
