import { resolveInputs } from "../engine/inputs.ts";
import { planGraph } from "../engine/plan.ts";
import type { LinkedGraphs, Plan } from "../engine/types.ts";
import type { Graph, GraphNode } from "../protocol/graph.ts";
import type { SheetUseNow } from "../protocol/library.ts";
import { hasErrors, InvalidError, type Problem } from "../protocol/problems.ts";
import { readGraph } from "../protocol/read-graph.ts";
import { sheetSettings } from "./library/sheet-settings.ts";
import { findSheets, sheetsOfPlan, withSheets } from "./library/sheet-uses.ts";
import { linkedGraphs } from "./linked-graphs.ts";
import { missingAssets } from "./missing-assets.ts";
import { missingPins } from "./missing-pins.ts";
import { type PictureAddress, withStandIns } from "./picture-inputs.ts";
import type { StartRun, Studio } from "./studio-api.ts";
import type { StudioPorts } from "./studio-ports.ts";

/** A request that can run. `inputs` hold stand-ins for the pictures of `addresses`. */
export type ReadRequest = {
  graph: Graph;
  plan: Plan;
  inputs: Record<string, unknown>;
  addresses: PictureAddress[];
  links: LinkedGraphs;
  /** Warnings only, once it is known that it can run. */
  problems: Problem[];
  sheets: SheetUseNow[];
};
/** `nodes` = those of the wanted part, graphs put in the place of nodes. */
type Inspected = Omit<ReadRequest, "graph" | "plan" | "sheets"> &
  Partial<ReadRequest> & { nodes: readonly Pick<GraphNode, "id" | "type" | "mode" | "config" | "pin">[] };

/** Reads what is asked for: the document, its inputs and settings, the graphs and sheets it leads to. */
export type RequestReader = Pick<Studio, "check"> & {
  /** Throws InvalidError with every problem when it cannot run. */
  readable(request: StartRun): Promise<ReadRequest>;
};

export function createRequestReader(
  ports: Pick<StudioPorts, "journal" | "catalogue" | "registry" | "assets">,
): RequestReader {
  const { journal, assets } = ports;

  /** Reads, resolves and plans; every problem of the document, the inputs and the settings in one list. */
  const inspect = async (
    document: unknown,
    options: Pick<StartRun, "inputs" | "to" | "takes">,
    strictInputs: boolean,
  ): Promise<Inspected> => {
    const read = readGraph(document);
    if (!read.graph) return { nodes: [], inputs: {}, addresses: [], links: new Map(), problems: read.problems };
    const { given, addresses, problems: unfit } = withStandIns(read.graph.inputs, options.inputs ?? {});
    const resolved = strictInputs || options.inputs ? resolveInputs(read.graph.inputs, given) : undefined;
    const links = await linkedGraphs(journal, ports.catalogue, read.graph);
    const planned = planGraph(read.graph, ports.catalogue, {
      links,
      inputs: resolved?.values,
      to: options.to,
      takes: options.takes,
    });
    // The planner resolves the inputs once more: what is wrong with them is said once.
    const said = new Set((resolved?.problems ?? []).map((found) => JSON.stringify(found)));
    const further = planned.problems.filter((found) => !said.has(JSON.stringify(found)));
    const problems = [...read.problems, ...unfit, ...(resolved?.problems ?? []), ...further];
    const { plan, expanded } = planned;
    const inputs = resolved?.values ?? {};
    const opened = expanded.opened.map(({ id, type, link }) => ({
      id,
      type,
      mode: "on" as const,
      config: { inputs: link.inputs },
    }));
    const nodes = [...expanded.graph.nodes, ...opened];
    return { graph: read.graph, nodes, plan, inputs, addresses, links, problems };
  };

  /** Without a plan the settings are read as they are written, so that one mistake does not hide another. */
  const sheetsNow = ({ plan, nodes }: Pick<Inspected, "plan" | "nodes">) =>
    findSheets(
      journal.library,
      plan
        ? sheetsOfPlan(ports.registry, plan)
        : sheetSettings(ports.registry, { nodes: nodes.filter(({ mode }) => mode === "on") }),
    );

  /** What the graph names and the store does not have. */
  const missing = async ({ nodes, inputs, addresses }: Pick<Inspected, "nodes" | "inputs" | "addresses">) => [
    ...(await missingAssets(nodes, inputs, addresses, assets)),
    ...(await missingPins(nodes, journal)),
  ];

  const readable = async (request: StartRun): Promise<ReadRequest> => {
    const inspected = await inspect(request.graph, request, true);
    const { graph, plan, inputs, addresses, links, problems } = inspected;
    const sheets = await sheetsNow(inspected);
    const all = [...problems, ...(await missing(inspected)), ...sheets.problems];
    if (hasErrors(all) || !graph || !plan) throw new InvalidError(all);
    return { graph, plan: withSheets(plan, sheets.uses), inputs, addresses, links, sheets: sheets.uses, problems: all };
  };

  return {
    readable,

    async check(document, options = {}) {
      const inspected = await inspect(document, options, false);
      const { graph, problems } = inspected;
      return {
        graph,
        problems: [...problems, ...(await missing(inspected)), ...(await sheetsNow(inspected)).problems],
      };
    },
  };
}
