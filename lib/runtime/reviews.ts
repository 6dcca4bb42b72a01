import { gather } from "../engine/gather.ts";
import { earlierItem, stepKey, wayOf } from "../engine/settle.ts";
import type { Catalogue, Plan, Steps } from "../engine/types.ts";
import { StepError } from "../protocol/failure.ts";
import type { Graph } from "../protocol/graph.ts";
import type { EarlierPass, Review, ReviewItem } from "../protocol/reviews.ts";
import type { ImageValue, Value } from "../protocol/values.ts";
import type { Registry } from "../sdk/registry.ts";
import { planOfRun } from "./graph-of-run.ts";
import type { Journal, RunRow, StepRecord } from "./ports.ts";

type Ports = { journal: Journal; registry: Registry; catalogue: Catalogue };
type Run = { row: RunRow; graph?: Graph; plan?: Plan; records: StepRecord[]; steps: Steps };
type Place = { since: number; runId: string; nodeId: string; pass: number };

/** Everything that waits for a person, what began to wait last first. `next` = where the following page starts. */
export async function listReviews(
  ports: Ports,
  page: { limit: number; before?: string },
): Promise<{ reviews: Review[]; total: number; next?: string }> {
  const [places, total] = await Promise.all([
    ports.journal.waitingSteps({ limit: page.limit, before: readPlace(page.before) }),
    ports.journal.countWaiting(),
  ]);
  const runs = new Map<string, Promise<Run | undefined>>();
  const reviews: Review[] = [];
  for (const { runId, nodeId, pass } of places) {
    const loading = runs.get(runId) ?? load(ports, runId);
    runs.set(runId, loading);
    const run = await loading;
    const found = run && describe(ports, run, nodeId, pass);
    // Somebody may have been quicker between the two looks.
    if (found?.state === "waiting") reviews.push(await withStars(ports.journal, found));
  }
  const last = places.length === page.limit ? places.at(-1) : undefined;
  return { reviews, total, ...(last ? { next: writePlace(last) } : {}) };
}

/** One step that waits or waited for a person; undefined when there is none. */
export async function readReview(
  ports: Ports,
  runId: string,
  nodeId: string,
  pass: number,
): Promise<Review | undefined> {
  const run = await load(ports, runId);
  const found = run && describe(ports, run, nodeId, pass);
  return found && withStars(ports.journal, found);
}

const STARS = "review-stars";

/** Every picture a review shows as its subject. */
export const picturesOfReview = ({ items }: Pick<Review, "items">): ReadonlySet<string> =>
  new Set(items.flatMap(({ about }) => picturesIn(about).map(({ asset }) => asset)));

async function withStars(journal: Journal, review: Omit<Review, "stars">): Promise<Review> {
  const assets = [...picturesOfReview(review)];
  const notes = await Promise.all(assets.map((asset) => journal.getNote(STARS, asset)));
  const given = assets.flatMap((asset, index) => {
    const stars = notes[index]?.stars;
    return typeof stars === "number" && stars > 0 ? [[asset, stars] as const] : [];
  });
  return { ...review, stars: Object.fromEntries(given) };
}

/** Stars are an opinion of a picture, not part of any result: they are kept beside the runs. */
export const giveStars = (journal: Pick<Journal, "putNote">, asset: string, stars: number): Promise<void> =>
  journal.putNote(STARS, asset, { stars });

async function load({ journal, catalogue }: Ports, runId: string): Promise<Run | undefined> {
  const row = await journal.getRun(runId);
  if (!row) return undefined;
  const [found, records] = await Promise.all([planOfRun({ journal, catalogue }, row), journal.steps(runId)]);
  const steps = new Map(records.map((record) => [stepKey(record.nodeId, record.pass), record]));
  return { row, graph: found?.expanded.graph, plan: found?.plan, records, steps };
}

const ENDED: readonly string[] = ["succeeded", "failed", "cancelled"];

function describe({ registry }: Ports, run: Run, nodeId: string, pass: number): Omit<Review, "stars"> | undefined {
  const { row, plan } = run;
  const record = run.records.find((step) => step.nodeId === nodeId && step.pass === pass);
  const node = run.graph?.nodes.find(({ id }) => id === nodeId);
  const info = registry.nodeInfo().find(({ type }) => type === node?.type);
  if (!record || !node || !info?.waits) return undefined;
  const decided = record.answer !== undefined;
  const open = record.state === "waiting" && !ENDED.includes(row.status);
  if (!decided && record.state !== "waiting" && record.state !== "cancelled") return undefined;
  return {
    runId: row.id,
    stepKey: stepKey(nodeId, pass),
    nodeId,
    pass,
    graphId: row.graphId,
    graphName: row.graphName,
    title: node.title || info.title,
    simulated: row.simulated,
    state: decided ? "decided" : open ? "waiting" : "over",
    ...(decided ? { decided: { by: record.answeredBy, at: record.answeredAt, answer: record.answer } } : {}),
    since: record.endedAt ?? record.startedAt ?? row.createdAt,
    dueAt: record.dueAt,
    question: record.question,
    answer: info.answer,
    outputs: Object.entries(info.outputs).map(([port, { kind }]) => ({
      port,
      kind,
      way: plan ? wayOf(plan, nodeId, pass, port) : ("unwired" as const),
    })),
    items: record.items
      .filter(({ state, about }) => !open || state === "waiting" || about !== undefined)
      .map(
        ({ index }): ReviewItem => ({ index, about: shown(run, record, index), earlier: story(run, record, index) }),
      ),
  };
}

/** What a person was asked about: what the node put before them, else everything that came in. */
function shown({ plan, steps }: Run, record: StepRecord, index: number): Value[] {
  const about = record.items.find((item) => item.index === index)?.about;
  if (about || !plan) return about ?? [];
  try {
    const inputs = gather(plan, steps, record.nodeId, record.pass).items[index] ?? {};
    return Object.values(inputs).flatMap((given) => given ?? []);
  } catch (error) {
    if (error instanceof StepError) return [];
    throw error;
  }
}

/** The passes before, oldest first: what was shown, and what was said of it. */
function story(run: Run, record: StepRecord, index: number): EarlierPass[] {
  const passes: EarlierPass[] = [];
  let at = run.plan && earlierItem(run.plan, run.steps, record.nodeId, { pass: record.pass, item: index });
  while (at && run.plan) {
    const { pass, item } = at;
    const before = run.records.find((step) => step.nodeId === record.nodeId && step.pass === pass);
    if (!before) break;
    passes.push({ pass, pictures: picturesIn(shown(run, before, item)), ...saidOf(before.answer) });
    at = earlierItem(run.plan, run.steps, record.nodeId, at);
  }
  return passes.reverse();
}

const picturesIn = (values: readonly Value[]): ImageValue[] => values.filter((value) => value.kind === "image");

function saidOf(answer: unknown): Pick<EarlierPass, "decision" | "notes"> {
  const { decision, notes } = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  return {
    ...(typeof decision === "string" ? { decision } : {}),
    ...(typeof notes === "string" && notes !== "" ? { notes } : {}),
  };
}

const writePlace = ({ since, runId, nodeId, pass }: Place): string =>
  Buffer.from(JSON.stringify([since, runId, nodeId, pass])).toString("base64url");

/** A cursor that nobody gave out starts at the top, as none does. */
function readPlace(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined;
  try {
    const [since, runId, nodeId, pass] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    if (typeof since !== "number" || typeof runId !== "string" || typeof nodeId !== "string") return undefined;
    return typeof pass === "number" ? { since, runId, nodeId, pass } : undefined;
  } catch {
    return undefined;
  }
}
