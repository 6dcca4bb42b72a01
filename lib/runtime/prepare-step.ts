import { itemCanonical, keyParts, whyChanged } from "../engine/cache-key.ts";
import { gather } from "../engine/gather.ts";
import { stepKey, type Way, waysHeeded } from "../engine/settle.ts";
import type { Plan, PlanNode, Steps } from "../engine/types.ts";
import { StepError } from "../protocol/failure.ts";
import type { Value } from "../protocol/values.ts";
import { sha256 } from "./digest.ts";
import { pinMissing } from "./missing-pins.ts";
import type { AssetStore, Journal, NodeMemory, Provider, ResultRow, StepRecord } from "./ports.ts";
import { fromResult } from "./run-item.ts";
import { type ActiveStep, type ItemOutcome, restingStep } from "./step-run.ts";

/** The content key of one item. Work of the simulator lives in a realm of its own: it never stands in for a real picture. */
export const itemKey = (
  node: PlanNode,
  inputs: Record<string, Value | Value[] | undefined>,
  provider: Provider,
  ways?: Readonly<Record<string, Way>>,
): string =>
  sha256(
    itemCanonical({
      type: node.shape.type,
      typeVersion: node.shape.version,
      config: node.config,
      inputs,
      take: node.take,
      realm: node.shape.effect === "model" && provider.simulated ? "simulator" : "",
      notKeyed: node.shape.notKeyed,
      ways,
    }),
  );

/** Brings a step's inputs together and names its items; a step whose inputs do not go together rests as failed. */
export function prepareStep(
  plan: Plan,
  steps: Steps,
  nodeId: string,
  pass: number,
  facts: { provider: Provider; memory?: NodeMemory; now: number },
): ActiveStep | StepRecord {
  const node = plan.nodes.get(nodeId) as PlanNode;
  try {
    const { items } = gather(plan, steps, nodeId, pass);
    const ways = waysHeeded(plan, node, pass);
    const prepared = items.map((inputs, index) => ({
      index,
      inputs,
      key: itemKey(node, inputs, facts.provider, ways),
    }));
    const { version, notKeyed } = node.shape;
    const parts = keyParts({ version, config: node.config, items, take: node.take, notKeyed, ways }, (text) =>
      sha256(text).slice(0, 16),
    );
    return {
      node,
      pass,
      items: prepared,
      outcomes: prepared.map(() => undefined),
      why:
        node.shape.effect === "world" ? "acts on the world, once in every run" : whyChanged(facts.memory?.parts, parts),
      parts,
      startedAt: facts.now,
      costMicro: 0,
      calls: 0,
    };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return restingStep(nodeId, pass, "failed", error.message, facts.now, { code: error.code, message: error.message });
  }
}

/**
 * Fills in what the cache already knows, in one look-up. World steps always run; a pin names the very result to use. A result whose bytes are gone
 * is made again where that is free; where it would be paid for again the item fails and says so.
 */
export async function fillFromCache(
  { journal, assets }: { journal: Journal; assets: AssetStore },
  runId: string,
  starting: ActiveStep[],
  answered: (key: string, item: number) => boolean,
): Promise<ActiveStep[]> {
  const runs = (step: ActiveStep, item: number) =>
    step.node.shape.effect === "world" || answered(stepKey(step.node.id, step.pass), item);
  const wanted = starting.flatMap((step) =>
    step.node.pin ? [step.node.pin] : step.items.flatMap(({ key, index }) => (runs(step, index) ? [] : [key])),
  );
  if (wanted.length === 0) return starting;
  const known = await journal.results(wanted);
  for (const step of starting) {
    if (step.node.pin) {
      usePin(step, step.node.pin, known.get(step.node.pin));
      continue;
    }
    for (const [index, { key }] of step.items.entries()) {
      const row = runs(step, index) ? undefined : known.get(key);
      if (!row) continue;
      const lost = await lostAsset(assets, row);
      if (!lost) step.outcomes[index] = fromResult(row, runId);
      else if (step.node.shape.effect === "model") step.outcomes[index] = missing(step.node, lost);
    }
    const from = step.outcomes.flatMap((outcome) => (outcome?.state === "done" && outcome.from ? [outcome.from] : []));
    if (from.length < step.items.length) continue;
    const other = from.find((id) => id !== runId);
    step.why = other ? `cached from run ${other}` : "kept from before the interruption";
  }
  return starting;
}

/** The first asset a result names that is not in the store. */
async function lostAsset(assets: AssetStore, row: ResultRow): Promise<string | undefined> {
  for (const value of Object.values(row.outputs).flat()) {
    if ("asset" in value && !(await assets.has(value.asset))) return value.asset;
  }
  return undefined;
}

const missing = (node: PlanNode, asset: string): ItemOutcome => ({
  state: "failed",
  error: {
    code: "ASSET_MISSING",
    message: `${node.title} was drawn before, but its picture ${asset} is not in the store any more. Restore it from a backup, or raise the take of ${node.id} to pay for another one.`,
  },
});

function usePin(step: ActiveStep, pin: string, row: ResultRow | undefined): void {
  const missing: ItemOutcome = {
    state: "failed",
    error: {
      code: "PIN_MISSING",
      message: pinMissing(step.node.title),
    },
  };
  step.outcomes = [row ? fromResult(row, "") : missing];
  step.items = step.items.slice(0, 1).map((item) => ({ ...item, key: pin }));
  step.why = `pinned to a result${row ? ` of run ${row.runId}` : ""}`;
}
