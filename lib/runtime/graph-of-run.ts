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

/** Undefined when the graph of the run is missing. */
export async function graphOfRun(
  { journal, catalogue }: Ports,
  run: Pick<RunRow, "graphHash" | "params">,
): Promise<GraphOfRun | undefined> {
  const drawn = await journal.getGraph(run.graphHash);
  if (!drawn) return undefined;
  const links = await linksOfRun(journal, run.params.links);
  const expanded = expandGraph(drawn, catalogue, links, { scope: { values: {}, missing: new Set() } });
  return { drawn, links, expanded };
}

/** The same, planned. Without a plan the problems say why: a newer program may not plan what an older one did. */
export async function planOfRun(
  ports: Ports,
  run: Pick<RunRow, "graphHash" | "params">,
): Promise<(GraphOfRun & { plan?: Plan; problems: Problem[] }) | undefined> {
  const found = await graphOfRun(ports, run);
  if (!found) return undefined;
  const { plan, problems } = planGraph(found.drawn, ports.catalogue, { ...run.params, links: found.links });
  return { ...found, plan, problems };
}
