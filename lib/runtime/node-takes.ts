import { recipes } from "../engine/recipe.ts";
import type { Graph } from "../protocol/graph.ts";
import { toUsd } from "../protocol/money.ts";
import { sheetsByNode } from "../protocol/sheets-by-node.ts";
import type { NodeTake } from "../protocol/takes.ts";
import type { Value } from "../protocol/values.ts";
import type { Registry } from "../sdk/registry.ts";
import type { CallRow, Journal, RunRow, StepRecord } from "./ports.ts";
import type { TakesPage } from "./studio-api.ts";

/** A page ends early here: outputs carry texts, and a browser has to hold them all. */
const MOST_TAKES = 400;
/** Ways to the same result that are told; more of them would only ever be spellings of one setting. */
const MOST_RECIPES = 8;

/**
 * Past results of a graph's nodes over its runs, newest first. What came from the cache is told as the run that made it, where that run is
 * on the page.
 */
export async function nodeTakes(
  journal: Journal,
  registry: Registry,
  graphId: string,
  { limit, before, node }: TakesPage,
): Promise<{ takes: NodeTake[]; next?: string }> {
  const runs = await journal.listRuns({ limit: limit + 1, before, graphId });
  const graphs = new Map<string, Graph | undefined>();
  const takes = new Map<string, NodeTake>();
  let last: RunRow | undefined;
  for (const run of runs.slice(0, limit)) {
    if (!graphs.has(run.graphHash)) graphs.set(run.graphHash, await journal.getGraph(run.graphHash));
    const graph = graphs.get(run.graphHash);
    if (graph) for (const [name, take] of await takesOfRun(journal, registry, run, graph, node)) put(takes, name, take);
    last = run;
    if (takes.size >= MOST_TAKES) break;
  }
  const sorted = [...takes.values()].sort((a, b) => b.at - a.at || (a.runId < b.runId ? 1 : -1));
  const more = last !== undefined && last.id !== runs.at(-1)?.id;
  return { takes: sorted, ...(more ? { next: last?.id } : {}) };
}

async function takesOfRun(
  journal: Journal,
  registry: Registry,
  run: RunRow,
  graph: Graph,
  only: string | undefined,
): Promise<[name: string, take: NodeTake][]> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const done = (await journal.steps(run.id)).filter(
    ({ nodeId, state }) => state === "done" && nodes.has(nodeId) && (only === undefined || nodeId === only),
  );
  if (done.length === 0) return [];
  const { inputs, takes = {}, sheets = [] } = run.params;
  const names = recipes(graph, { inputs, takes, outside: sheetsByNode(sheets) });
  const calls = done.some((step) => step.calls > 0) ? await journal.callsOfRun(run.id) : [];
  return done.flatMap((step) => {
    const node = nodes.get(step.nodeId);
    const recipe = names.get(step.nodeId);
    if (!node || recipe === undefined) return [];
    const effect = registry.get(node.type)?.effect;
    const keys = effect === "world" ? [run.id, String(step.pass)] : step.items.map(({ key }) => key ?? run.id);
    return [
      [
        [step.nodeId, ...keys].join(" "),
        {
          nodeId: step.nodeId,
          runId: run.id,
          pass: step.pass,
          key: effect === "world" ? undefined : step.items[0]?.key,
          items: step.items.length,
          take: Object.hasOwn(takes, step.nodeId) ? (takes[step.nodeId] ?? node.take) : node.take,
          at: step.endedAt ?? run.createdAt,
          cached: step.cached,
          costUsd: toUsd(step.costMicro),
          outputs: step.outputs ?? {},
          recipes: [recipe],
          ...(effect === "model" ? whatWasSaid(step, calls) : {}),
        },
      ],
    ];
  });
}

/** Prompt and answer of the first item: of its call where this run made it, else as its picture remembers. */
function whatWasSaid(
  step: StepRecord,
  calls: readonly CallRow[],
): Pick<NodeTake, "prompt" | "revisedPrompt" | "responseId" | "depth"> {
  const values: Value[] = Object.values(step.outputs ?? {}).flat();
  const image = values.find((value) => value.kind === "image");
  const turn = image?.turn ?? values.find((value) => value.kind === "thread")?.turn;
  const call = calls.find(
    ({ nodeId, pass, item, state }) =>
      nodeId === step.nodeId && pass === step.pass && item === 0 && state === "completed",
  );
  const drawn = call?.answer?.pictures as { revisedPrompt?: string }[] | undefined;
  return {
    prompt: (call?.request.prompt as string | undefined) ?? image?.made.prompt,
    revisedPrompt: drawn?.[0]?.revisedPrompt ?? image?.made.revisedPrompt,
    responseId: turn?.responseId ?? call?.responseId ?? image?.made.responseId,
    depth: turn?.depth,
  };
}

/** Adds a take; one that is there already keeps the run that made it and learns one more way to it. */
function put(takes: Map<string, NodeTake>, name: string, take: NodeTake): void {
  const known = takes.get(name);
  if (!known) {
    takes.set(name, take);
    return;
  }
  // Runs come newest first: between two that only read the cache the older is nearer to the making.
  const maker = !known.cached && take.cached ? known : take;
  const ways = [...new Set([...known.recipes, ...take.recipes])].slice(0, MOST_RECIPES);
  takes.set(name, { ...maker, recipes: ways });
}
