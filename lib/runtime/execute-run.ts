import { frontier, parseStepKey, rule, stepKey, successors } from "../engine/settle.ts";
import type { Plan, StepRow } from "../engine/types.ts";
import { hasErrors } from "../protocol/problems.ts";
import type { RunStatus } from "../protocol/run.ts";
import { type Answer, answerOf, isAnswered } from "./answers.ts";
import { completeRecords } from "./archive/complete-record.ts";
import { slotsWithin } from "./call-slots.ts";
import { concludeRun, endRun } from "./conclude-run.ts";
import { recordCredentials } from "./exports/record-credentials.ts";
import { planOfRun } from "./graph-of-run.ts";
import { itemJob } from "./item-job.ts";
import { withSheets } from "./library/sheet-uses.ts";
import type { ArchiveRow, NodeMemory, ResultRow, RunRow, RunWrite, StepRecord } from "./ports.ts";
import { Fenced } from "./ports.ts";
import { fillFromCache, prepareStep } from "./prepare-step.ts";
import { runItem } from "./run-item.ts";
import type { RunLease, RunPorts } from "./run-ports.ts";
import { runningRecord, stepEvent } from "./step-event.ts";
import { type ActiveStep, restingStep, settleStep } from "./step-run.ts";

/** Executes a claimed run until it ends, waits or pauses; returns the status it left. Throws Fenced when another worker took over. */
export async function executeRun(ports: RunPorts, lease: RunLease): Promise<RunStatus> {
  const { run } = lease;
  if (run.simulated !== ports.provider.simulated)
    return await endRun(ports, run, "failed", undefined, providerChanged(run.simulated));
  const planned = await planOfRun(ports, run);
  if (!planned?.plan || hasErrors(planned.problems)) {
    const why =
      planned?.problems.find((problem) => problem.level === "error")?.message ?? "The graph of this run is missing.";
    return await endRun(ports, run, "failed", undefined, { code: "invalid", message: why });
  }
  const { concurrency } = run.params;
  const isRow = run.batchId !== undefined;
  const all = (isRow && ports.rowSlots) || ports.slots;
  const pace = (isRow && ports.rowPace) || ports.pace;
  const slots = concurrency ? slotsWithin(all, concurrency, ports.clock.monotonic) : all;
  const plan = withSheets(planned.plan, run.params.sheets ?? []);
  return await new Execution({ ...ports, slots, pace }, lease, plan).go();
}

/** A run goes on with whoever began it: nobody who asked for a simulated one meant to pay for its rest. */
const providerChanged = (simulated: boolean) => ({
  code: "provider_changed",
  message: simulated
    ? "This run began with the simulator and a key is set now. Start it again to have it drawn and paid for."
    : "This run began with a provider's key and none is set now. Set the key and resume it, or start it again with the simulator.",
});

/** So many steps are decided and written together at first: the first calls of a wide graph are on their way while the rest is decided. */
const FIRST_PORTION = 4;

/** One claim of one run. Decisions come from the engine; this does what they say, and writes before it acts. */
class Execution {
  private readonly ports: RunPorts;
  private readonly lease: RunLease;
  private readonly run: RunRow;
  private readonly plan: Plan;
  private readonly steps = new Map<string, StepRow>();
  private readonly records = new Map<string, StepRecord>();
  private memory = new Map<string, NodeMemory>();
  private readonly settledSteps: ActiveStep[] = [];
  private readonly quota = { hit: false };
  private readonly entries = new Map<string, ArchiveRow[]>();
  private readonly answers = new Map<string, Answer>();
  private readonly reopened: string[] = [];
  private over = false;
  private active = 0;
  private pumping = false;
  private finish: { resolve(): void; reject(error: unknown): void } = { resolve: () => {}, reject: () => {} };

  constructor(ports: RunPorts, lease: RunLease, plan: Plan) {
    this.ports = ports;
    this.lease = lease;
    this.run = lease.run;
    this.plan = plan;
  }

  async go(): Promise<RunStatus> {
    const { journal, clock } = this.ports;
    const over = new Promise<void>((resolve, reject) => {
      this.finish = { resolve, reject };
    }).finally(() => {
      this.over = true;
    });
    const dropped = await this.restore();
    this.memory = await journal.memory(this.plan.graphId);
    await journal.write(this.run.id, this.run.epoch, {
      run: { startedAt: this.run.startedAt ?? clock.now() },
      deleteSteps: dropped,
      events: [
        {
          type: "run.started",
          graphId: this.plan.graphId,
          revision: this.run.graphHash,
          nodes: this.plan.nodes.size,
          epoch: this.run.epoch,
        },
      ],
    });
    this.ports.changed(this.run.id);
    this.lease.onBeat?.(() => this.takeAnswers());
    // A wide graph is long in the deciding, and what ends it may come in between.
    await Promise.all([over, this.pump([...frontier(this.plan, this.steps).keys()])]);
    return await this.conclude();
  }

  /**
   * Keeps what is settled; everything else is decided anew. A decision is picked up here and its row left alone until the step has settled by it:
   * nobody is asked twice, whatever happens in between.
   */
  private async restore(): Promise<{ nodeId: string; pass: number }[]> {
    const dropped: { nodeId: string; pass: number }[] = [];
    for (const record of await this.ports.journal.steps(this.run.id)) {
      if (isAnswered(record)) this.answers.set(stepKey(record.nodeId, record.pass), answerOf(record));
      else if (["done", "skipped", "waiting"].includes(record.state)) this.keep(record);
      else dropped.push({ nodeId: record.nodeId, pass: record.pass });
    }
    for (const { nodeId, pass, answer, items } of this.run.params.answers ?? []) {
      const key = stepKey(nodeId, pass);
      if (!this.records.has(key) && !this.answers.has(key))
        this.answers.set(key, { value: answer, items: new Set(items) });
    }
    return dropped;
  }

  /** Decisions made while other branches still run need not wait for them. */
  private async takeAnswers(): Promise<void> {
    const waits = [...this.records.values()].some(({ state }) => state === "waiting");
    if (!waits || this.over || this.lease.stop.aborted) return;
    for (const record of await this.ports.journal.steps(this.run.id)) {
      const key = stepKey(record.nodeId, record.pass);
      if (this.over || record.state !== "waiting" || !isAnswered(record) || this.answers.has(key)) continue;
      this.answers.set(key, answerOf(record));
      this.records.delete(key);
      this.steps.delete(key);
      this.reopened.push(key);
    }
    if (this.reopened.length > 0) await this.pump();
  }

  private keep(record: StepRecord): void {
    const key = stepKey(record.nodeId, record.pass);
    this.records.set(key, record);
    this.steps.set(key, record);
  }

  /** Settles what finished, decides what follows, writes it all in one transaction, then starts what may start. */
  private async pump(candidates: string[] = []): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      const next = candidates;
      let portion = FIRST_PORTION;
      do {
        const write: Required<Pick<RunWrite, "steps" | "events" | "results" | "memory" | "entries">> = {
          steps: [],
          events: [],
          results: [],
          memory: [],
          entries: [],
        };
        for (const step of this.settledSteps.splice(0)) next.push(...this.settle(step, write));
        next.push(...this.reopened.splice(0));
        const launches = await this.decide(next.splice(0, portion), write);
        if (write.steps.length + write.events.length > 0) {
          const whole = await this.completed(write.entries);
          write.entries = await recordCredentials(this.ports.assets, whole);
          await this.ports.journal.write(this.run.id, this.run.epoch, write);
          this.ports.changed(this.run.id);
        }
        const claimed = await this.claim(launches);
        for (const step of launches) this.launch(step, claimed);
        if (next.length > 0) portion = await this.sending(launches, portion);
      } while (next.length + this.settledSteps.length + this.reopened.length > 0);
    } catch (error) {
      this.finish.reject(error);
    } finally {
      this.pumping = false;
    }
    if (this.active === 0 && this.settledSteps.length + this.reopened.length === 0) this.stopHere();
  }

  /** Lets calls go out before this thread is busy with the steps that follow; tells how many of those. With every slot taken there is no hurry. */
  private async sending(launches: readonly ActiveStep[], portion: number): Promise<number> {
    const { slots, clock, calm } = this.ports;
    if (!launches.some(({ node }) => node.shape.effect === "model")) return portion * 2;
    await clock.sleep(0);
    if (slots.waiting === 0) return portion;
    await calm();
    return portion * 4;
  }

  /** What cannot be told of a picture must not cost the run that made it. */
  private async completed(entries: ArchiveRow[]): Promise<ArchiveRow[]> {
    const known = { run: this.run, plan: this.plan, steps: this.records.values() };
    return await completeRecords(this.ports, known, entries).catch((error: unknown) => {
      this.ports.logError("The record of an archived picture is not whole.", error);
      return entries;
    });
  }

  private stopHere(): void {
    this.over = true;
    this.finish.resolve();
  }

  private settle(
    step: ActiveStep,
    write: Required<Pick<RunWrite, "steps" | "events" | "results" | "memory" | "entries">>,
  ): string[] {
    const record = settleStep(step, this.ports.clock.now());
    const key = stepKey(record.nodeId, record.pass);
    this.keep(record);
    write.steps.push(record);
    write.events.push(stepEvent(record));
    write.entries.push(...(this.entries.get(key) ?? []));
    this.entries.delete(key);
    write.results.push(...this.unsavedResults(step));
    if (record.state === "done") this.remember(step, write);
    return successors(this.plan, this.steps, record.nodeId, record.pass);
  }

  /**
   * Results to be committed with the step: all of pure work, and what the ledger's work left for now. What a person decided holds for this run alone:
   * another one asks again.
   */
  private unsavedResults(step: ActiveStep): ResultRow[] {
    const pure = step.node.shape.effect === "pure";
    const answered = this.answers.get(stepKey(step.node.id, step.pass))?.items;
    return step.outcomes.flatMap((outcome, index) => {
      const key = step.items[index]?.key;
      if (outcome?.state !== "done" || outcome.cached || !key) return [];
      if (outcome.onlyHere || answered?.has(index)) return [];
      if (!pure) return outcome.unsaved ? [outcome.unsaved] : [];
      const { outputs, warnings } = outcome;
      const made = { runId: this.run.id, nodeId: step.node.id, costMicro: 0, createdAt: this.ports.clock.now() };
      return [{ key, outputs, warnings, rehydrated: false, ...made }];
    });
  }

  private remember(step: ActiveStep, write: { memory: NodeMemory[] }): void {
    const known = this.memory.get(step.node.id);
    if (known && JSON.stringify(known.parts) === JSON.stringify(step.parts)) return;
    const memory = { nodeId: step.node.id, runId: this.run.id, parts: step.parts };
    this.memory.set(step.node.id, memory);
    write.memory.push(memory);
  }

  /** Follows rulings until nothing more can be decided. Waves, so that one look-up serves all steps that start together. */
  private async decide(
    candidates: string[],
    write: Required<Pick<RunWrite, "steps" | "events" | "results" | "memory" | "entries">>,
  ): Promise<ActiveStep[]> {
    const launches: ActiveStep[] = [];
    let wave = candidates;
    while (wave.length > 0) {
      const following: string[] = [];
      const starting: ActiveStep[] = [];
      const rest = (record: StepRecord) => {
        this.keep(record);
        write.steps.push(record);
        write.events.push(stepEvent(record));
        following.push(...successors(this.plan, this.steps, record.nodeId, record.pass));
      };
      for (const key of wave) {
        if (this.steps.has(key)) continue;
        const { nodeId, pass } = parseStepKey(key);
        const ruling = rule(this.plan, this.steps, nodeId, pass);
        const now = this.ports.clock.now();
        if (ruling.act === "skip") rest(restingStep(nodeId, pass, "skipped", ruling.why, now));
        else if (ruling.act === "fail")
          rest(restingStep(nodeId, pass, "failed", ruling.error.message, now, ruling.error));
        else if (ruling.act === "block")
          rest(restingStep(nodeId, pass, "blocked", ruling.error.message, now, ruling.error));
        else if (ruling.act === "cancel") rest(restingStep(nodeId, pass, "cancelled", "cancelled", now));
        else if (ruling.act === "start" && !this.lease.stop.aborted) {
          const prepared = prepareStep(this.plan, this.steps, nodeId, pass, {
            provider: this.ports.provider,
            memory: this.memory.get(nodeId),
            now,
          });
          if ("state" in prepared) rest(prepared);
          else {
            const answer = this.answers.get(key);
            if (answer) prepared.answer = answer.value;
            this.steps.set(key, { nodeId, pass, state: "running" });
            starting.push(prepared);
          }
        }
      }
      for (const step of await fillFromCache(this.ports, this.run.id, starting, this.isAnswered)) {
        if (step.outcomes.every((outcome) => outcome !== undefined)) {
          const record = settleStep(step, this.ports.clock.now());
          this.remember(step, write);
          rest(record);
        } else {
          launches.push(step);
          write.events.push({ type: "step.queued", nodeId: step.node.id, pass: step.pass, items: step.items.length });
          write.events.push({ type: "step.started", nodeId: step.node.id, pass: step.pass, why: step.why });
          if (step.node.shape.effect !== "pure") write.steps.push(runningRecord(step));
        }
      }
      wave = following;
    }
    return launches;
  }

  private readonly isAnswered = (key: string, item: number): boolean => this.answers.get(key)?.items.has(item) === true;

  /** Takes the paid items of all steps that start now, in one go. */
  private async claim(launches: readonly ActiveStep[]): Promise<ReadonlySet<string>> {
    const keys = launches
      .filter((step) => step.node.shape.effect === "model")
      .flatMap((step) => step.items.filter((_item, index) => !step.outcomes[index]).map(({ key }) => key));
    if (keys.length === 0) return new Set();
    const elsewhere = new Set(await this.ports.journal.claimItems(keys, this.run.id, this.run.epoch));
    return new Set(keys.filter((key) => !elsewhere.has(key)));
  }

  private launch(step: ActiveStep, claimed: ReadonlySet<string>): void {
    this.active += 1;
    const jobs = step.items.map((item, index) =>
      step.outcomes[index]
        ? undefined
        : itemJob(this.ports, this.lease, this.plan, step, item.index, {
            quota: this.quota,
            entries: this.entries,
            answers: this.answers,
            claimed,
          }),
    );
    let open = jobs.filter((job) => job !== undefined).length;
    jobs.forEach((job, index) => {
      if (!job) return;
      runItem(this.ports, job).then(
        (outcome) => {
          step.outcomes[index] = outcome;
          open -= 1;
          if (open > 0) return;
          this.active -= 1;
          this.settledSteps.push(step);
          void this.pump();
        },
        (error) => this.finish.reject(error),
      );
    });
  }

  /** What the run has come to, now that nothing of it can move. */
  private async conclude(): Promise<RunStatus> {
    const { ports, run, lease } = this;
    if (!lease.stop.aborted) return await concludeRun(ports, run, this.plan, this.steps, [...this.records.values()]);
    if (lease.stop.reason === "fenced") throw new Fenced(run.id);
    await this.cancelRest();
    const interrupted = { code: "interrupted", message: "Interrupted; what was paid is kept. Resume to go on." };
    return await endRun(
      ports,
      run,
      "cancelled",
      undefined,
      lease.stop.reason === "interrupt" ? interrupted : undefined,
    );
  }

  private async cancelRest(): Promise<void> {
    const now = this.ports.clock.now();
    const rest = this.plan.order.filter((nodeId) => {
      const state = this.records.get(stepKey(nodeId, 0))?.state;
      return state === undefined || state === "running";
    });
    const steps = rest.map((nodeId) => restingStep(nodeId, 0, "cancelled", "the run was stopped", now));
    if (steps.length > 0) await this.ports.journal.write(this.run.id, this.run.epoch, { steps });
  }
}
