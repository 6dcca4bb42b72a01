import { canonical } from "../engine/cache-key.ts";
import { resolveInputs } from "../engine/inputs.ts";
import { planGraph } from "../engine/plan.ts";
import type { Catalogue, LinkedGraphs, Plan } from "../engine/types.ts";
import { StepError } from "../protocol/failure.ts";
import type { Graph, GraphNode } from "../protocol/graph.ts";
import type { SheetUseNow } from "../protocol/library.ts";
import { LIMITS } from "../protocol/limits.ts";
import { type MicroUsd, toUsd } from "../protocol/money.ts";
import { hasErrors, InvalidError, type Problem, problem } from "../protocol/problems.ts";
import { readGraph } from "../protocol/read-graph.ts";
import type { Registry } from "../sdk/registry.ts";
import { createEntryCatalogue } from "./archive/entry-catalogue.ts";
import { createBatches } from "./batches/batches.ts";
import { createDispatcher } from "./batches/dispatch-rows.ts";
import { createBundles } from "./bundle/bundles.ts";
import { checkAnswer } from "./check-answer.ts";
import { composeRun } from "./compose-run.ts";
import { runContinuity } from "./continuity.ts";
import { sha256 } from "./digest.ts";
import { estimatePlan } from "./estimate.ts";
import { exportRun } from "./export-run.ts";
import { createExports, type ExportTools } from "./exports/exports.ts";
import { graphOfRun } from "./graph-of-run.ts";
import { createHooks } from "./hooks/hooks.ts";
import { createSecrets } from "./hooks/secrets.ts";
import { createLibrary } from "./library/library.ts";
import { findSheets, sheetsOfPlan, withSheets } from "./library/sheet-uses.ts";
import { linkedGraphs } from "./linked-graphs.ts";
import { missingAssets } from "./missing-assets.ts";
import { createMoney } from "./money/money.ts";
import { nodeTakes } from "./node-takes.ts";
import { type PictureAddress, withStandIns } from "./picture-inputs.ts";
import type { Zip } from "./ports/zip.ts";
import {
  AssetMissing,
  type AssetStore,
  type Clock,
  type CronReader,
  type FolderWriter,
  type ImageOps,
  type Journal,
  type PictureFetch,
  type Provider,
  type Sealer,
} from "./ports.ts";
import { listReviews, readReview } from "./reviews.ts";
import { runDocument, summary } from "./run-document.ts";
import { runEvents } from "./run-events.ts";
import type { RunHub } from "./run-hub.ts";
import { createScheduleLoop } from "./schedules/loop.ts";
import { createSchedules } from "./schedules/schedules.ts";
import { graphScorecard } from "./scorecard.ts";
import { collectGarbage, fsck } from "./store-care.ts";
import { runStories } from "./stories.ts";
import type { StartRun, Studio } from "./studio-api.ts";
import { createWaitingSweep } from "./sweep-waiting.ts";
import { dayStart } from "./system-clock.ts";
import { createTemplates } from "./templates/templates.ts";
import { createTurnstile } from "./turnstile.ts";
import { storeLut, storeUpload } from "./upload.ts";
import type { Worker } from "./worker.ts";

export type StudioPorts = {
  journal: Journal;
  assets: AssetStore;
  ops: ImageOps;
  provider: Provider;
  pictures: PictureFetch;
  clock: Clock;
  registry: Registry;
  catalogue: Catalogue;
  hub: RunHub;
  worker: Worker;
  callsInFlight(): number;
  defaultBudgetMicro: MicroUsd | null;
  dayCapMicro: MicroUsd | null;
  sealer: Sealer;
  cron: CronReader;
  logError(message: string, error: unknown): void;
  /** Runs executed at once by a worker of this process. */
  runSlots: number;
  folderWriter: FolderWriter;
  exporting: ExportTools;
  zip: Zip;
};

/** Pictures fetched from addresses at once: each may hold 25 MiB while it is read. */
const FETCHES = 4;

/** `inputs` hold stand-ins for the pictures of `addresses`. */
type Read = {
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
type Inspected = Omit<Read, "graph" | "plan" | "sheets"> &
  Partial<Read> & { nodes: readonly Pick<GraphNode, "id" | "mode" | "config">[] };

/** How often a run that another process has is looked at: is it to be had (ms)? */
const TAKEOVER_MS = 1000;

/** The product behind the CLI and the routes. */
export function createStudio(ports: StudioPorts): Studio {
  const { journal, assets, ops, provider, clock, hub, worker } = ports;
  const oneOfFew = createTurnstile(FETCHES);
  const sweepWaiting = createWaitingSweep(journal, clock);

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
    const opened = expanded.opened.map(({ id, link }) => ({
      id,
      mode: "on" as const,
      config: { inputs: link.inputs },
    }));
    const nodes = [...expanded.graph.nodes, ...opened];
    return { graph: read.graph, nodes, plan, inputs, addresses, links, problems };
  };

  const sheetsNow = (plan: Plan | undefined) =>
    findSheets(journal.library, plan ? sheetsOfPlan(ports.registry, plan) : []);

  const readable = async (request: StartRun): Promise<Read> => {
    const { graph, nodes, plan, inputs, addresses, links, problems } = await inspect(request.graph, request, true);
    const missing = await missingAssets(nodes, inputs, addresses, assets);
    const sheets = await sheetsNow(plan);
    const all = [...problems, ...missing, ...sheets.problems];
    if (hasErrors(all) || !graph || !plan) throw new InvalidError(all);
    return { graph, plan: withSheets(plan, sheets.uses), inputs, addresses, links, sheets: sheets.uses, problems: all };
  };

  const uploadFrom: Studio["uploadFrom"] = (url, signal) =>
    oneOfFew(async () => storeUpload(ports, await ports.pictures.fetchPicture(url, signal)));

  const templates = createTemplates({
    journal,
    catalogue: ports.catalogue,
    assets,
    studio: {
      check: (graph, options) => studio.check(graph, options),
      startRun: (request) => studio.startRun(request),
      estimate: (request) => studio.estimate(request),
    },
  });
  const schedules = createSchedules({
    store: journal.schedules,
    cron: ports.cron,
    clock,
    templates,
    check: (graph, options) => studio.check(graph, options),
    logError: ports.logError,
  });
  const scheduleLoop = createScheduleLoop(schedules, clock, ports.logError);

  const compose = (request: StartRun, read: Read) => composeRun({ ...ports, uploadFrom }, request, read);
  const batchPorts = {
    ...ports,
    async compose(request: StartRun) {
      return await compose(request, await readable(request));
    },
  };
  const dispatcher = createDispatcher(batchPorts);

  const studio: Studio = {
    simulated: provider.simulated,

    async check(document, options = {}) {
      const { graph, nodes, plan, inputs, addresses, problems } = await inspect(document, options, false);
      const missing = await missingAssets(nodes, inputs, addresses, assets);
      return { graph, problems: [...problems, ...missing, ...(await sheetsNow(plan)).problems] };
    },

    async startRun(request) {
      const read = await readable(request);
      const { graph, addresses } = read;
      const refused = await studio.bundles.refusal(graph.id);
      if (refused.length > 0) throw new InvalidError(refused);
      // The pictures of a request that was heard before need not be there any more.
      const before = addresses.length > 0 && request.idempotencyKey && (await journal.runOfKey(request.idempotencyKey));
      if (before) return { runId: before, created: false };
      if ((await journal.countRuns("queued")) >= LIMITS.queuedRuns) {
        throw new StepError(
          "QUEUE_FULL",
          `${LIMITS.queuedRuns} runs are waiting already. Try again when some have finished.`,
        );
      }
      const created = await journal.createRun(await compose(request, read), request.idempotencyKey);
      worker.wake();
      return created;
    },

    async drive(runId, signal) {
      const stop = () => worker.stop(runId, "interrupt");
      signal?.addEventListener("abort", stop, { once: true });
      try {
        for (;;) {
          const mine = worker.take(runId);
          if (signal?.aborted) stop();
          await mine;
          // Another process has the run: it is watched until it rests, and taken over when that process is gone.
          const look = new AbortController();
          const watched = signal ? AbortSignal.any([signal, look.signal]) : look.signal;
          clock.sleep(TAKEOVER_MS, watched).then(
            () => look.abort(),
            () => {},
          );
          for await (const _event of runEvents(journal, hub, runId, Number.MAX_SAFE_INTEGER, watched)) {
            // Only its end is waited for.
          }
          look.abort();
          const run = await journal.getRun(runId);
          if (!run) throw new InvalidError([problem("UNKNOWN_RUN", `There is no run ${runId}.`)]);
          if ((run.status !== "queued" && run.status !== "running") || signal?.aborted) return run.status;
        }
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },

    async estimate(request) {
      const { plan, problems, sheets } = await readable(request);
      const nodes = await estimatePlan(ports, plan);
      const paid = nodes.filter((node) => node.calls > 0 || node.cachedItems > 0 || node.items > 0);
      return {
        costUsd: toUsd(paid.reduce((sum, node) => sum + Math.round(node.costUsd * 1e6), 0)),
        calls: paid.reduce((sum, node) => sum + node.calls, 0),
        cachedNodes: nodes.filter((node) => node.items === 0 && node.cachedItems > 0).length,
        nodes,
        simulated: provider.simulated,
        problems,
        ...(sheets.length > 0 ? { sheets } : {}),
      };
    },

    run: (runId) => runDocument(ports, runId),

    async listRuns(page) {
      const rows = await journal.listRuns(page);
      const runs = await Promise.all(
        rows.map(async (row) => ({
          ...summary(row),
          costUsd: toUsd((await journal.callsOfRun(row.id)).reduce((sum, call) => sum + call.costMicro, 0)),
        })),
      );
      return { runs, ...(rows.length === page.limit ? { next: rows.at(-1)?.id } : {}) };
    },

    takes: (graphId, page) => nodeTakes(journal, ports.registry, graphId, page),

    async graphOfRun(runId) {
      const run = await journal.getRun(runId);
      return run && (await journal.getGraph(run.graphHash));
    },

    stories: (runId) => runStories(ports, runId),
    continuity: (runId) => runContinuity(ports, runId),
    scorecard: (graphId, page) => graphScorecard(ports, graphId, page),

    events: (runId, afterSeq, signal) => runEvents(journal, hub, runId, afterSeq, signal),

    async cancel(runId) {
      const run = await journal.requestCancel(runId);
      if (!run) return undefined;
      worker.stop(runId, "cancel");
      hub.changed(runId);
      return (await journal.getRun(runId))?.status ?? run.status;
    },

    async resume(runId, change) {
      const before = await journal.getRun(runId);
      if (!before) return "unknown";
      if (before.status === "succeeded") return "nothing-left";
      if (before.status === "queued") return "queued";
      if (before.status === "waiting") {
        // Whoever asks may be the first to look since its time was up.
        if ((await sweepWaiting(runId)).length === 0) return "waiting";
        worker.wake();
        return "queued";
      }
      // What a person said of calls in doubt holds for the resume they said it for, not for those that follow.
      const run = await journal.requeue(runId, { ...change, inDoubt: change.inDoubt ?? "hold" });
      if (!run) return "live";
      worker.wake();
      return "queued";
    },

    async answer(runId, nodeId, pass, answer, by) {
      const given = await checkAnswer(ports, runId, nodeId, pass, answer);
      const result = await journal.answerStep(runId, nodeId, pass, given, by);
      if (result === "answered") worker.wake();
      return result;
    },

    reviews: (page) => listReviews(ports, page),
    review: (runId, nodeId, pass) => readReview(ports, runId, nodeId, pass),
    library: createLibrary({
      ...ports,
      studio: {
        startRun: (request) => studio.startRun(request),
        estimate: (request) => studio.estimate(request),
      },
    }),
    templates,
    hooks: createHooks({
      store: journal.hooks,
      sealer: ports.sealer,
      clock,
      templates,
      takeRate: (...bucket) => journal.takeRate(...bucket),
      defaultBudgetMicro: ports.defaultBudgetMicro,
    }),
    schedules,
    secrets: createSecrets({ store: journal.secrets, sealer: ports.sealer, clock }),
    money: createMoney({
      store: journal.money,
      clock,
      simulated: provider.simulated,
      caps: { runMicro: ports.defaultBudgetMicro, dayMicro: ports.dayCapMicro },
    }),
    bundles: createBundles({
      ...ports,
      templates: { get: (id, revision) => studio.templates.get(id, revision) },
      sheets: {
        forGraph: (graph) => studio.library.forGraph(graph),
        adopt: (entries, options) => studio.library.adopt(entries, options),
        renamed: (graph, refs) => studio.library.renamed(graph, refs),
      },
      studio: { saveGraph: (id, graph, ifMatch) => studio.saveGraph(id, graph, ifMatch) },
    }),
    batches: createBatches({
      ...batchPorts,
      dispatcher,
      check: (graph, options) => studio.check(graph, options),
      refusal: (graphId) => studio.bundles.refusal(graphId),
      exportRun: (...what) => studio.exportRun(...what),
      async estimateRun(request, counted) {
        const { plan, problems } = await readable(request);
        return { nodes: await estimatePlan(ports, plan, counted), problems };
      },
    }),
    notes: journal,

    upload: (bytes) => storeUpload(ports, bytes),
    uploadFrom,
    uploadLut: (bytes) => storeLut(ports, bytes),

    async asset(asset) {
      try {
        const bytes = await assets.get(asset);
        const info = await journal.assetInfo(asset);
        return { bytes, mediaType: info?.mediaType ?? "application/octet-stream" };
      } catch (error) {
        if (error instanceof AssetMissing) return undefined;
        throw error;
      }
    },
    assetPath: (asset) => assets.path(asset),

    async thumbnail(asset, width) {
      try {
        return await ops.thumbnail(await assets.get(asset), width);
      } catch (error) {
        if (error instanceof AssetMissing || error instanceof StepError) return undefined;
        throw error;
      }
    },

    async saveGraph(id, document, ifMatch) {
      const { graph, problems } = readGraph(document);
      if (!graph || hasErrors(problems)) throw new InvalidError(problems);
      const known = await journal.loadGraph(id);
      if (known && ifMatch === undefined) return { needsMatch: known };
      const named = { ...graph, id };
      return await journal.saveGraph(named, sha256(canonical(named)), ifMatch);
    },
    graph: (id, revision) => journal.loadGraph(id, revision),
    listGraphs: (page) => journal.listGraphs(page),
    revisions: (id, page) => journal.listRevisions(id, page),
    deleteGraph: (id) => journal.deleteGraph(id),

    catalogue: createEntryCatalogue(ports),
    archive: (query) => journal.entries(query),

    exports: createExports({ ...ports, ...ports.exporting }),

    async exportRun(runId, folder, below) {
      const [row, document] = await Promise.all([journal.getRun(runId), runDocument(ports, runId)]);
      const found = row && (await graphOfRun(ports, row));
      if (!document || !found) throw new InvalidError([problem("UNKNOWN_RUN", `There is no run ${runId}.`)]);
      return await exportRun(ports, document, found.expanded.graph, folder, below);
    },

    fsck: () => fsck(journal, assets),
    gc: ({ dryRun }) => collectGarbage(journal, assets, clock, dryRun),

    async health() {
      const checked = await journal
        .listNotes("health")
        .catch((error: Error) => [{ id: "journal", value: { message: error.message } }]);
      const problems = checked.map((note) => String(note.value.message));
      const [queued, running] = await Promise.all([journal.countRuns("queued"), journal.countRuns("running")]);
      return {
        status: problems.length === 0 ? "ok" : "degraded",
        problems,
        simulated: provider.simulated,
        queued,
        running,
      };
    },

    async metrics() {
      const statuses = ["queued", "running", "waiting", "paused", "succeeded", "failed", "cancelled"] as const;
      const counts = await Promise.all(
        statuses.map(async (status) => [status, await journal.countRuns(status)] as const),
      );
      return {
        runs: Object.fromEntries(counts),
        spentTodayUsd: toUsd(await journal.spentToday(dayStart(clock.now()))),
        callsInFlight: ports.callsInFlight(),
      };
    },

    storage: () => journal.assetTotals(),

    startWorker() {
      worker.start(ports.runSlots);
      // The other half is for runs that somebody looks at.
      dispatcher.start(Math.max(1, Math.floor(ports.runSlots / 2)));
      scheduleLoop.start();
    },

    async stop() {
      await scheduleLoop.stop();
      await dispatcher.close();
      await worker.close();
      await journal.close();
    },
  };
  return studio;
}
