import { createEntryCatalogue } from "./archive/entry-catalogue.ts";
import { createBatches } from "./batches/batches.ts";
import { createDispatcher } from "./batches/dispatch-rows.ts";
import { createBundles } from "./bundle/bundles.ts";
import { composeRun } from "./compose-run.ts";
import { estimatePlan } from "./estimate.ts";
import { createExports } from "./exports/exports.ts";
import { createGraphDesk } from "./graph-desk.ts";
import { createHooks } from "./hooks/hooks.ts";
import { createSecrets } from "./hooks/secrets.ts";
import { createLibrary } from "./library/library.ts";
import { createMoney } from "./money/money.ts";
import { createPictureDesk } from "./picture-desk.ts";
import { createRequestReader, type ReadRequest } from "./read-request.ts";
import { createRunDesk } from "./run-desk.ts";
import { createScheduleLoop } from "./schedules/loop.ts";
import { createSchedules } from "./schedules/schedules.ts";
import type { StartRun, Studio } from "./studio-api.ts";
import { createCare } from "./studio-care.ts";
import type { StudioPorts } from "./studio-ports.ts";
import { createTemplates } from "./templates/templates.ts";

/** The product behind the CLI and the routes: its areas, put together. */
export function createStudio(ports: StudioPorts): Studio {
  const { journal, assets, provider, clock, worker } = ports;
  const { check, readable } = createRequestReader(ports);
  const pictures = createPictureDesk(ports);
  const { uploadFrom } = pictures;

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

  const compose = (request: StartRun, read: ReadRequest) => composeRun({ ...ports, uploadFrom }, request, read);
  const batchPorts = {
    ...ports,
    async compose(request: StartRun) {
      return await compose(request, await readable(request));
    },
  };
  const dispatcher = createDispatcher(batchPorts);

  const studio: Studio = {
    simulated: provider.simulated,
    check,
    ...createRunDesk({ ...ports, readable, compose, refusal: (graphId) => studio.bundles.refusal(graphId) }),
    ...pictures,
    ...createGraphDesk(journal),
    ...createCare(ports),
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

    catalogue: createEntryCatalogue(ports),
    archive: (query) => journal.entries(query),

    exports: createExports({ ...ports, ...ports.exporting }),

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
