import type { Plan } from "../../engine/types.ts";
import type {
  EntryRecord,
  LineagePicture,
  RecordAnswer,
  RecordCall,
  RecordSheet,
} from "../../protocol/entry-record.ts";
import { toUsd } from "../../protocol/money.ts";
import type { ArchiveRow, CallRow, Journal, RunRow, StepRecord } from "../ports.ts";
import { lineageOf, placesOf } from "./lineage.ts";

/** Calls a record names at most. */
const MOST_CALLS = 200;

/** A run as far as it has come: `steps` are those that have settled. */
type KnownRun = { run: RunRow; plan: Plan; steps: Iterable<StepRecord> };
type Ports = {
  journal: Pick<Journal, "callsOfItem" | "steps"> & { archive: Pick<Journal["archive"], "revisionOf" | "records"> };
};

/**
 * Adds to new archive entries what only the run as a whole knows: lineage, the calls behind it with prompts sent and revised, sheets, decisions, takes,
 * costs, template and batch. What was made in an earlier run and came from the cache is found in the ledger by its content key.
 */
export async function completeRecords(
  { journal }: Ports,
  { run, plan, steps }: KnownRun,
  entries: readonly ArchiveRow[],
): Promise<ArchiveRow[]> {
  if (entries.length === 0) return [];
  const inOrder = [...steps].sort(
    (a, b) => a.pass - b.pass || (plan.nodes.get(a.nodeId)?.rank ?? 0) - (plan.nodes.get(b.nodeId)?.rank ?? 0),
  );
  const byPlace = new Map(inOrder.map((step) => [`${step.nodeId} ${step.pass}`, step]));
  const nodes = new Map(
    [...plan.nodes.values()].map(({ id, title, shape }) => [id, { id, title, type: shape.type }] as const),
  );
  const saved = await journal.archive.revisionOf(run.graphId, run.graphHash);
  // Who decided is written by the decision itself, not by whoever runs the step.
  const decided = inOrder.some(({ answer }) => answer !== undefined) ? await journal.steps(run.id) : [];
  const answers = answersOf(inOrder, decided);
  // Of an imported entry the ledger knows nothing; its own record does.
  const { remakes } = run.params;
  const before = remakes === undefined ? undefined : (await journal.archive.records([remakes])).get(remakes);
  const known = new Map<string, CallRow[]>();
  const callsAt = async ({ nodeId, pass, item }: { nodeId: string; pass: number; item: number }) => {
    const key = byPlace.get(`${nodeId} ${pass}`)?.items.find(({ index }) => index === item)?.key;
    if (key !== undefined && !known.has(key)) known.set(key, await journal.callsOfItem(key));
    return key === undefined ? [] : (known.get(key) ?? []);
  };
  const whole: ArchiveRow[] = [];
  for (const entry of entries) {
    const asset = entry.record.made === undefined ? undefined : pictureOf(entry);
    const first = asset ? lineageOf(asset, inOrder, nodes) : [];
    const calls = new Map<string, CallRow[]>();
    for (const place of [...placesOf(first, inOrder), ...wordPlaces(plan, inOrder, entry.nodeId)])
      calls.set(nameOf(place), await callsAt(place));
    const pictures = asset ? lineageOf(asset, inOrder, nodes, (place) => calls.get(nameOf(place)) ?? []) : [];
    const lineage = asset === entry.asset ? pictures : [...pictures, fileOf(entry, asset, inOrder, nodes)];
    const made = [...new Map([...calls.values()].flat().map((call) => [call.key, call])).values()];
    whole.push({
      ...entry,
      record: { ...entry.record, ...wholeRecord({ run, plan, saved, answers, lineage, made, before }, entry) },
    });
  }
  return whole;
}

const nameOf = ({ nodeId, pass, item }: { nodeId: string; pass: number; item: number }) => `${nodeId} ${pass} ${item}`;

/** Where a model was asked for words on the way to a node: such turns are in no picture's lineage. */
function wordPlaces(plan: Plan, steps: readonly StepRecord[], from: string) {
  const way = new Set([from]);
  for (const id of way)
    for (const edges of plan.nodes.get(id)?.incoming.values() ?? []) for (const { source } of edges) way.add(source);
  return steps
    .filter(({ nodeId }) => way.has(nodeId) && plan.nodes.get(nodeId)?.shape.effect === "model")
    .filter(
      ({ outputs }) =>
        !Object.values(outputs ?? {})
          .flat()
          .some(({ kind }) => kind === "image"),
    )
    .flatMap(({ nodeId, pass, items }) => items.map(({ index }) => ({ nodeId, pass, item: index })));
}

/** The picture an entry is about; of an encoded file the one that was encoded. */
const pictureOf = (entry: ArchiveRow): string => {
  const of = entry.record.of;
  return typeof of === "string" ? of : entry.asset;
};

/** A file that was archived, as the last of its lineage. */
function fileOf(
  { asset, mediaType }: ArchiveRow,
  of: string | undefined,
  steps: readonly StepRecord[],
  nodes: ReadonlyMap<string, { id: string; title: string; type: string }>,
): LineagePicture {
  const maker = steps.find(({ outputs }) =>
    Object.values(outputs ?? {})
      .flat()
      .some((value) => value.kind === "file" && value.asset === asset),
  );
  return { asset, parents: of === undefined ? [] : [of], mediaType, node: maker && nodes.get(maker.nodeId) };
}

type Facts = {
  run: RunRow;
  plan: Plan;
  saved: number | undefined;
  answers: RecordAnswer[] | undefined;
  lineage: readonly LineagePicture[];
  made: readonly CallRow[];
  before: Partial<EntryRecord> | undefined;
};

function wholeRecord(
  { run, plan, saved, answers, lineage, made, before }: Facts,
  entry: ArchiveRow,
): Partial<EntryRecord> {
  const record = entry.record as Partial<EntryRecord>;
  const { to, links, sheets, template, inputs, takes: asked } = run.params;
  const takes = [...plan.nodes.values()].filter(({ take }) => take > 1).map(({ id, take }) => [id, take]);
  const calls = [...made].sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1));
  return defined({
    version: 2,
    graph: defined({ id: run.graphId, name: run.graphName, revision: run.graphHash, saved }),
    template: template && { id: template.id, revision: template.revision },
    batch: run.batchId === undefined ? undefined : defined({ id: run.batchId, row: run.rowIndex }),
    run: defined({ id: run.id, inputs, to, takes: asked, links, sheets, createdAt: run.createdAt }),
    takes: takes.length > 0 ? (Object.fromEntries(takes) as Record<string, number>) : undefined,
    sheets: sheetsIn([record.made, ...lineage.map((picture) => picture.made)]),
    answers,
    calls: calls.length > 0 ? calls.slice(0, MOST_CALLS).map(tellCall) : (before?.calls ?? []),
    costs:
      calls.length === 0 && before?.costs
        ? before.costs
        : defined({
            pictureUsd: record.made?.costUsd,
            totalUsd: toUsd(calls.reduce((sum, call) => sum + call.costMicro, 0)),
          }),
    remakes: run.params.remakes,
    lineage: [...lineage],
    simulated: run.simulated || record.simulated === true || undefined,
  });
}

function sheetsIn(made: readonly EntryRecord["made"][]): RecordSheet[] | undefined {
  const found = new Map<string, RecordSheet>();
  for (const spec of made.flatMap((one) => (one?.spec ? [one.spec] : [])))
    found.set(spec.hash, {
      name: spec.name,
      ...(spec.sheet ? { ref: `${spec.sheet.id}@${spec.sheet.version}` } : {}),
      hash: spec.hash,
      text: spec.text,
    });
  return found.size > 0 ? [...found.values()] : undefined;
}

/** What was answered is not in the cache, so it is told here: items from the cache were not asked about. */
function answersOf(steps: readonly StepRecord[], decided: readonly StepRecord[]): RecordAnswer[] | undefined {
  const answered = steps.filter(({ answer }) => answer !== undefined);
  if (answered.length === 0) return undefined;
  return answered.map(({ nodeId, pass, answer, items }) => {
    const decision = decided.find((step) => step.nodeId === nodeId && step.pass === pass);
    return defined({
      nodeId,
      pass,
      answer,
      items: items.filter(({ cached }) => !cached).map(({ index }) => index),
      by: decision?.answeredBy,
      at: decision?.answeredAt,
    });
  });
}

type Given = { model?: string; usage?: unknown; responseId?: string; pictures?: { revisedPrompt?: string }[] };

function tellCall(call: CallRow): RecordCall {
  const { schema: _schema, ...sent } = call.request;
  const answer = call.answer as Given | undefined;
  return defined({
    ...{ key: call.key, nodeId: call.nodeId, pass: call.pass, item: call.item, runId: call.runId, state: call.state },
    ...{ lane: call.lane, model: call.model, responseId: call.responseId, requestId: call.requestId },
    costUsd: toUsd(call.costMicro),
    estimated: call.estimated || undefined,
    simulated: call.provider === "simulator" || undefined,
    sent,
    given: answer && {
      model: answer.model,
      usage: answer.usage,
      pictures: answer.pictures,
      revisedPrompts: (answer.pictures ?? []).flatMap(({ revisedPrompt }) => (revisedPrompt ? [revisedPrompt] : [])),
    },
    createdAt: call.createdAt,
  });
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
