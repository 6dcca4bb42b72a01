import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCredentials } from "#lib/adapters/c2pa/credentials.ts";
import { cronReader } from "#lib/adapters/cron/cron-reader.ts";
import { createFileAssets } from "#lib/adapters/files/file-assets.ts";
import { createFolderWriter } from "#lib/adapters/files/folder-writer.ts";
import { ownerIsDead, ownerName } from "#lib/adapters/process/owner.ts";
import { createPsdWriter } from "#lib/adapters/psd/psd-writer.ts";
import { createDeliveryWriter } from "#lib/adapters/sharp/delivery.ts";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { StepError } from "#lib/protocol/failure.ts";
import { createCallSlots } from "#lib/runtime/call-slots.ts";
import { catalogueOf } from "#lib/runtime/catalogue.ts";
import { deliverResults } from "#lib/runtime/hooks/deliver-results.ts";
import { createImageTools } from "#lib/runtime/image-tools.ts";
import { createPace } from "#lib/runtime/pace.ts";
import type { Clock, GuardedPost, PictureFetch, Provider, Sealer } from "#lib/runtime/ports.ts";
import { createRunHub } from "#lib/runtime/run-hub.ts";
import { createStudio } from "#lib/runtime/studio.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import { createTurnstile } from "#lib/runtime/turnstile.ts";
import { createWorker } from "#lib/runtime/worker.ts";
import { zipNames } from "#lib/runtime/zip-names.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

/** Sleeps are short, so that backoff and Retry-After can be tested; what was asked for is kept. */
export const hastyClock = (): Clock & { slept: number[] } => {
  const slept: number[] = [];
  return {
    ...systemClock,
    slept,
    sleep(ms, signal) {
      // The long sleeps are guards that a test must never reach; they stay long.
      if (ms >= 59_000) return systemClock.sleep(ms, signal);
      slept.push(ms);
      return systemClock.sleep(Math.min(ms, 2), signal);
    },
  };
};

/** Most tests have no business on the internet. */
const noPictures: PictureFetch = {
  fetchPicture: async () => {
    throw new StepError("URL_FAILED", "This test fetches no pictures.");
  },
};

/** Seals with no key at all; what it was sealed for still counts. */
export const openSealer: Sealer = {
  seal: (text, about) => ({ text, about }),
  open: (sealed, about) => (sealed.about === about ? sealed.text : undefined),
};
const noPosts: GuardedPost = {
  post: async () => {
    throw new StepError("URL_FAILED", "This test sends nothing.");
  },
};

/** A whole studio on a folder of its own, with the provider of the test. Opening the same folder twice is what a second process does. */
export async function openTestStudio(
  provider: Provider,
  options: {
    folder?: string;
    nodes?: AnyNode[];
    concurrency?: number;
    room?(): Promise<void>;
    storing?<T>(work: () => Promise<T>): Promise<T>;
    dayCapMicro?: number | null;
    clock?: Clock;
    pictures?: PictureFetch;
    post?: GuardedPost;
    defaultBudgetMicro?: number | null;
  } = {},
) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "throughline-")));
  const clock = options.clock ?? hastyClock();
  const journal = await openSqliteJournal({ folder, ownerIsDead });
  const assets = createFileAssets({ folder });
  const ops = createSharpOps();
  const registry = createRegistry([...NODES, ...(options.nodes ?? [])]);
  const catalogue = catalogueOf(registry);
  const hub = createRunHub(clock.now);
  const slots = createCallSlots(options.concurrency ?? 16, clock.monotonic);
  const errors: unknown[] = [];
  const worker = createWorker(
    {
      journal,
      provider,
      assets,
      ops,
      slots,
      pace: createPace(journal, clock, {}, provider.name),
      clock,
      dayCapMicro: options.dayCapMicro ?? null,
      flights: new Map(),
      imageTools: (about) =>
        createImageTools({
          ops,
          assets,
          putAssetInfo: (info) => journal.putAssetInfo(info),
          assetInfo: (asset) => journal.assetInfo(asset),
          about,
        }),
      local: createTurnstile(4),
      calm: async () => {},
      room: options.room ?? (async () => {}),
      storing: options.storing ?? createTurnstile(4),
      logError: (_message, error) => errors.push(error),
      deliver: (facts, position, request, signal) =>
        deliverResults(
          {
            post: options.post ?? noPosts,
            secrets: journal.secrets,
            sealer: openSealer,
            sent: journal.sent,
            clock,
            oneOfFew: (work) => work(),
          },
          facts,
          position,
          request,
          signal,
        ),
      registry,
      catalogue,
      changed: hub.changed,
      show: hub.show,
      preview: async () => undefined,
    },
    ownerName(),
  );
  const studio = createStudio({
    journal,
    assets,
    ops,
    provider,
    pictures: options.pictures ?? noPictures,
    clock,
    registry,
    catalogue,
    hub,
    worker,
    callsInFlight: () => slots.inFlight,
    defaultBudgetMicro: options.defaultBudgetMicro ?? null,
    dayCapMicro: options.dayCapMicro ?? null,
    sealer: openSealer,
    cron: cronReader,
    logError: (_message, error) => errors.push(error),
    runSlots: 4,
    zip: createZip({ names: zipNames }),
    folderWriter: createFolderWriter({ product: "/nowhere", data: folder }),
    exporting: {
      credentials: createCredentials({ folder: join(folder, "credentials"), version: "0.0.1", now: clock.now }),
      delivery: createDeliveryWriter(),
      psd: createPsdWriter(),
      signature: { version: "0.0.1" },
    },
  });
  const go = async (graph: unknown, more: Partial<Parameters<typeof studio.startRun>[0]> = {}) => {
    const { runId } = await studio.startRun({ graph, ...more });
    await studio.drive(runId);
    const document = await studio.run(runId);
    if (!document) throw new Error("no document");
    return document;
  };
  return { studio, journal, assets, worker, folder, errors, go };
}

/** Shorthand for graph documents. */
export const node = (
  id: string,
  type: string,
  config: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
) => ({ id, type, config, ...more });
export const edge = (source: string, target: string, more: Record<string, unknown> = {}) => {
  const [from = "", sourceHandle = ""] = source.split(".");
  const [to = "", targetHandle = ""] = target.split(".");
  return {
    id: `${from}-${sourceHandle}-${to}-${targetHandle}`,
    source: from,
    sourceHandle,
    target: to,
    targetHandle,
    ...more,
  };
};
export const graph = (nodes: unknown[], edges: unknown[], more: Record<string, unknown> = {}) => ({
  format: "throughline/graph",
  version: 1,
  id: "test",
  name: "Test",
  nodes,
  edges,
  ...more,
});
