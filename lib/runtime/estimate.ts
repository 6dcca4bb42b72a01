import { gather } from "../engine/gather.ts";
import { frontier, parseStepKey, passInfo, rule, successors, wayOf, waysHeeded } from "../engine/settle.ts";
import type { Plan, PlanNode, StepRow } from "../engine/types.ts";
import { StepError } from "../protocol/failure.ts";
import { toUsd } from "../protocol/money.ts";
import type { Outputs, Value } from "../protocol/values.ts";
import { isPause } from "../sdk/define-node.ts";
import type { Registry } from "../sdk/registry.ts";
import { createDryModel } from "./dry-model.ts";
import { createDryImageTools } from "./image-tools.ts";
import { sheetShelf } from "./library/sheet-shelf.ts";
import { createNodeContext } from "./node-context.ts";
import { type AssetStore, type Clock, type Journal, type Provider, ProviderError } from "./ports.ts";
import { itemKey } from "./prepare-step.ts";
import { fromResult } from "./run-item.ts";
import { joinOutputs } from "./step-run.ts";
import type { NodeEstimate } from "./studio-api.ts";

export type EstimatePorts = {
  journal: Journal;
  provider: Provider;
  registry: Registry;
  assets: AssetStore;
  clock: Clock;
};

/**
 * What a plan would cost: the nodes themselves are run with tools that draw nothing, in the engine's own order. What the cache
 * knows is taken from it and free; from the first picture that does not exist yet, stand-ins travel on. An upper bound: a node whose
 * outputs cannot be known without spending is taken to fire all of them, and loops to use all their passes. Items in `counted` (those of other rows
 * of one table) are free as well; this plan's are added.
 */
export async function estimatePlan(
  given: EstimatePorts,
  plan: Plan,
  counted: Set<string> = new Set(),
): Promise<NodeEstimate[]> {
  const mine = new Set<string>();
  const ports: CountingPorts = { ...given, counted, mine };
  const steps = new Map<string, StepRow>();
  const unknown = new Set<string>();
  const totals = new Map<string, NodeEstimate>();
  let wave = [...frontier(plan, steps).keys()];
  while (wave.length > 0) {
    const following: string[] = [];
    for (const key of wave) {
      if (steps.has(key)) continue;
      const { nodeId, pass } = parseStepKey(key);
      const ruling = rule(plan, steps, nodeId, pass);
      if (ruling.act === "wait") continue;
      if (ruling.act === "start") steps.set(key, await dryStep(ports, plan, steps, unknown, nodeId, pass, totals));
      else
        steps.set(key, {
          nodeId,
          pass,
          state: ruling.act === "skip" ? "skipped" : "failed",
          error: "error" in ruling ? ruling.error : undefined,
        });
      following.push(...successors(plan, steps, nodeId, pass));
    }
    wave = following;
  }
  for (const key of mine) counted.add(key);
  return [...totals.values()];
}

type CountingPorts = EstimatePorts & { counted: ReadonlySet<string>; mine: Set<string> };

async function dryStep(
  ports: CountingPorts,
  plan: Plan,
  steps: Map<string, StepRow>,
  unknown: Set<string>,
  nodeId: string,
  pass: number,
  totals: Map<string, NodeEstimate>,
): Promise<StepRow> {
  const node = plan.nodes.get(nodeId) as PlanNode;
  const total = totals.get(nodeId) ?? { nodeId, title: node.title, cachedItems: 0, items: 0, calls: 0, costUsd: 0 };
  totals.set(nodeId, total);
  const uncertain =
    node.incoming.values().some((edges) => edges.some((edge) => unknown.has(edge.source))) ||
    node.loopIncoming.values().some((edges) => edges.some((edge) => unknown.has(edge.source)));
  try {
    const { items } = gather(plan, steps, nodeId, pass);
    const given: { outputs: Outputs }[] = [];
    for (const [index, inputs] of items.entries()) {
      const item = await dryItem(ports, plan, node, pass, index, items.length, inputs, uncertain);
      total.cachedItems += item.cached ? 1 : 0;
      total.items += item.cached ? 0 : 1;
      total.calls += item.calls;
      total.costUsd = toUsd(Math.round(total.costUsd * 1e6) + item.costMicro);
      if (item.unknown) unknown.add(nodeId);
      given.push(item);
    }
    return { nodeId, pass, state: "done", ...joinOutputs(node, given) };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return { nodeId, pass, state: "failed", error: { code: error.code, message: error.message } };
  }
}

type DryItem = { outputs: Outputs; cached: boolean; unknown: boolean; calls: number; costMicro: number };

async function dryItem(
  ports: CountingPorts,
  plan: Plan,
  node: PlanNode,
  pass: number,
  index: number,
  count: number,
  inputs: Record<string, Value | Value[] | undefined>,
  uncertain: boolean,
): Promise<DryItem> {
  const key = node.pin ?? itemKey(node, inputs, ports.provider, waysHeeded(plan, node, pass));
  const known = node.shape.effect === "world" && !node.pin ? undefined : (await ports.journal.results([key])).get(key);
  if (known && !uncertain) {
    const result = fromResult(known, "");
    return {
      outputs: result.state === "done" ? result.outputs : {},
      cached: true,
      unknown: false,
      calls: 0,
      costMicro: 0,
    };
  }
  const definition = ports.registry.get(node.shape.type);
  if (!definition) throw new StepError("UNKNOWN_NODE_TYPE", node.shape.type);
  const bill = { calls: 0, costMicro: 0 };
  const now = ports.clock.now();
  const way = (port: string) => wayOf(plan, node.id, pass, port);
  const ctx = createNodeContext(
    {
      graph: { id: plan.graphId, name: plan.graphName },
      revision: "",
      node: { id: node.id, title: node.title, type: node.shape.type },
      run: { id: "estimate", createdAt: now, inputs: {} },
      passIndex: pass,
      pass: passInfo(plan, node.id, pass),
      item: { index, count },
      way,
    },
    {
      // What a node would keep is not kept for asking what it costs.
      sheets: { ...sheetShelf(ports.journal.library), save: async (name) => name },
      assets: ports.assets,
      images: createDryImageTools({ assetInfo: (asset) => ports.journal.assetInfo(asset) }),
      model: createDryModel(ports, `${key}`, bill),
      signal: new AbortController().signal,
      now: () => now,
      warn: () => {},
      progress: () => {},
      keepEntry: () => {},
      roomFor: async () => undefined,
      forThisRun: () => {},
    },
  );
  const result = await definition.run(ctx, inputs, node.config).catch((error) => {
    // A node that cannot work on stand-ins fires nothing; what it would have asked for so far is counted.
    if (error instanceof StepError || error instanceof ProviderError) return {};
    throw error;
  });
  const unknown = uncertain || bill.calls > 0 || isPause(result);
  if (bill.calls > 0) ports.mine.add(key);
  if (ports.counted.has(key)) Object.assign(bill, { calls: 0, costMicro: 0 });
  const outputs: Outputs = {};
  const guessed = unknown && definition.guess?.(inputs, node.config, { way });
  const gives = guessed || (isPause(result) ? {} : result);
  if (gives) {
    for (const [port, given] of Object.entries(gives)) {
      if (given !== undefined) outputs[port] = (Array.isArray(given) ? given : [given]) as Value[];
    }
  }
  return { outputs, cached: false, unknown, ...bill };
}
