import { earlierItem, stepKey } from "../engine/settle.ts";
import type { Catalogue, Plan } from "../engine/types.ts";
import type { Graph } from "../protocol/graph.ts";
import { toUsd } from "../protocol/money.ts";
import type { Story, StoryList, StoryPass } from "../protocol/quality.ts";
import type { RunStatus } from "../protocol/run.ts";
import type { AssetId, ImageValue, Value, VerdictValue } from "../protocol/values.ts";
import { planOfRun } from "./graph-of-run.ts";
import type { CallRow, Journal, StepRecord } from "./ports.ts";

/** Stories one answer tells at most. */
const MOST_STORIES = 60;

/** Everything stories are told from. */
export type JudgedRun = {
  status: RunStatus;
  /** As it ran; `drawn` where a person drew something else, with graphs in the place of nodes. */
  graph: Graph;
  drawn?: Graph;
  plan: Plan;
  records: readonly StepRecord[];
  calls: readonly CallRow[];
};

type Judged = { step: StepRecord; item: number; verdict: VerdictValue };

/**
 * The way of every judged picture through the passes of its loop: verdicts are found by their kind, and followed back by the items that made what came
 * round again. In the order of the graph, then of the items. Pure: the same rows tell the same stories.
 */
export function storiesOf(run: JudgedRun): Story[] {
  const steps = new Map(run.records.map((record) => [stepKey(record.nodeId, record.pass), record]));
  const order = new Map(run.graph.nodes.map(({ id }, index) => [id, index]));
  const judged = run.records
    .flatMap(verdictsOf)
    .sort(
      (a, b) =>
        (order.get(a.step.nodeId) ?? 0) - (order.get(b.step.nodeId) ?? 0) ||
        a.step.pass - b.step.pass ||
        a.item - b.item,
    );
  const chains = new Map<string, Judged[]>();
  const continued = new Set<string>();
  for (const one of judged) {
    const { nodeId, pass } = one.step;
    const before = earlierItem(run.plan, steps, nodeId, { pass, item: one.item });
    const place = before && placeOf(nodeId, before.pass, before.item);
    const earlier = place === undefined ? undefined : chains.get(place);
    if (place !== undefined && earlier) continued.add(place);
    chains.set(placeOf(nodeId, pass, one.item), [...(earlier ?? []), one]);
  }
  const pictures = picturesByAsset(run.records);
  return [...chains]
    .filter(([place]) => !continued.has(place))
    .map(([, chain]) => chain)
    .sort((a, b) => {
      const [x, y] = [a[0], b[0]];
      if (!x || !y) return 0;
      return (order.get(x.step.nodeId) ?? 0) - (order.get(y.step.nodeId) ?? 0) || x.item - y.item;
    })
    .map((chain) => tell(run, chain, pictures));
}

const placeOf = (nodeId: string, pass: number, item: number): string => `${stepKey(nodeId, pass)}#${item}`;

function verdictsOf(step: StepRecord): Judged[] {
  return Object.entries(step.outputs ?? {}).flatMap(([port, values]) =>
    values.flatMap((verdict, index) =>
      verdict.kind === "verdict" ? [{ step, verdict, item: step.from?.[port]?.[index] ?? index }] : [],
    ),
  );
}

function picturesByAsset(records: readonly StepRecord[]): Map<AssetId, ImageValue> {
  const found = new Map<AssetId, ImageValue>();
  const keep = (value: Value): void => {
    if (value.kind === "revision") keep(value.image);
    if (value.kind === "image" && !found.has(value.asset)) found.set(value.asset, value);
  };
  for (const { outputs } of records) for (const value of Object.values(outputs ?? {}).flat()) keep(value);
  return found;
}

function tell(run: JudgedRun, chain: readonly Judged[], pictures: ReadonlyMap<AssetId, ImageValue>): Story {
  const passes = chain.map(({ step, item, verdict }): StoryPass => {
    const image = verdict.of === undefined ? undefined : pictures.get(verdict.of);
    const spent = (is: (call: CallRow) => boolean) =>
      toUsd(run.calls.filter(is).reduce((sum, call) => sum + call.costMicro, 0));
    return {
      pass: step.pass,
      ...(image ? { picture: { asset: image.asset, width: image.width, height: image.height } } : {}),
      verdict,
      drawnUsd: image ? toUsd(Math.round(drawnMicro(image, run.calls))) : 0,
      judgedUsd: spent((call) => call.nodeId === step.nodeId && call.pass === step.pass && call.item === item),
      cached: step.items.find(({ index }) => index === item)?.cached ?? step.cached,
    };
  });
  const { nodeId } = chain[0]?.step ?? { nodeId: "" };
  const node = run.graph.nodes.find(({ id }) => id === nodeId);
  const costUsd = Math.round(passes.reduce((sum, pass) => sum + pass.drawnUsd + pass.judgedUsd, 0) * 1e6) / 1e6;
  return { nodeId, title: node?.title || nodeId, costUsd, passes, ...endOf(run.status, chain.at(-1)?.verdict) };
}

/** What this run paid for a picture: for its response, or where the lane has none, its share of the call that gave it. */
function drawnMicro({ asset, turn, made }: ImageValue, calls: readonly CallRow[]): number {
  const response = turn?.responseId ?? made.responseId;
  if (response !== undefined)
    return calls.reduce((sum, call) => sum + (call.responseId === response ? call.costMicro : 0), 0);
  const names = new Set([asset, ...(made.by === "local" ? (made.parents ?? []) : [])]);
  for (const { answer, costMicro } of calls) {
    const given = (answer?.pictures ?? []) as { asset?: AssetId }[];
    if (given.some((picture) => picture.asset !== undefined && names.has(picture.asset)))
      return costMicro / given.length;
  }
  return 0;
}

const ENDED: readonly RunStatus[] = ["succeeded", "failed", "cancelled"];

function endOf(status: RunStatus, last: VerdictValue | undefined): Pick<Story, "end" | "why"> {
  if (last?.decision === "pass") return { end: "passed", why: "It is good enough." };
  if (last?.decision === "reject") return { end: "rejected", why: last.notes.split("\n")[0] || "It was rejected." };
  if (!ENDED.includes(status)) return { end: "open", why: "It comes round again." };
  return status === "succeeded"
    ? { end: "stopped", why: "It was sent on with these notes, and not judged here again." }
    : { end: "stopped", why: "The run ended before it came round again." };
}

type Ports = { journal: Journal; catalogue: Catalogue };

/** What the stories of a run are told from; undefined for an unknown run and one that can no longer be planned. */
export async function loadJudged({ journal, catalogue }: Ports, runId: string): Promise<JudgedRun | undefined> {
  const row = await journal.getRun(runId);
  const found = row && (await planOfRun({ journal, catalogue }, row));
  if (!row || !found?.plan) return undefined;
  const { drawn, expanded, plan } = found;
  const [records, calls] = await Promise.all([journal.steps(runId), journal.callsOfRun(runId)]);
  return { status: row.status, drawn, graph: expanded.graph, plan, records, calls };
}

/** The stories of a run; undefined for an unknown run. */
export async function runStories(ports: Ports, runId: string): Promise<StoryList | undefined> {
  const judged = await loadJudged(ports, runId);
  if (!judged) return (await ports.journal.getRun(runId)) && { stories: [], total: 0 };
  const stories = storiesOf(judged);
  return { stories: stories.slice(0, MOST_STORIES), total: stories.length };
}
