import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NODES } from "#nodes/index.ts";
import { createCredentials } from "../adapters/c2pa/credentials.ts";
import { cronReader } from "../adapters/cron/cron-reader.ts";
import { createDiskRoom } from "../adapters/files/disk-room.ts";
import { createFileAssets } from "../adapters/files/file-assets.ts";
import { createFolderWriter } from "../adapters/files/folder-writer.ts";
import { createGuardedFetch } from "../adapters/guarded-fetch/guarded-fetch.ts";
import { createGuardedPost } from "../adapters/guarded-fetch/guarded-post.ts";
import { guardHolds } from "../adapters/guarded-fetch/self-test.ts";
import { createOpenAIProvider } from "../adapters/openai/provider.ts";
import { ownerIsDead, ownerIsDeadHere, ownerName } from "../adapters/process/owner.ts";
import { createPsdWriter } from "../adapters/psd/psd-writer.ts";
import { createDeliveryWriter } from "../adapters/sharp/delivery.ts";
import { createSharpOps } from "../adapters/sharp/sharp-image-ops.ts";
import { openSqliteJournal } from "../adapters/sql/sqlite/open.ts";
import { createTesseract } from "../adapters/tesseract/text-reader.ts";
import { createZip } from "../adapters/zip/zip.ts";
import { createCallSlots, slotsWithin } from "../runtime/call-slots.ts";
import { createCalm } from "../runtime/calm.ts";
import { catalogueOf } from "../runtime/catalogue.ts";
import { deliverResults } from "../runtime/hooks/deliver-results.ts";
import { createImageTools } from "../runtime/image-tools.ts";
import { createPace } from "../runtime/pace.ts";
import type { AssetStore, Journal } from "../runtime/ports.ts";
import { previewOf } from "../runtime/preview.ts";
import { createRunHub } from "../runtime/run-hub.ts";
import type { RunPorts } from "../runtime/run-ports.ts";
import { createStoring } from "../runtime/storing.ts";
import { createStudio } from "../runtime/studio.ts";
import type { Studio } from "../runtime/studio-api.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { createTurnstile } from "../runtime/turnstile.ts";
import { createWorker } from "../runtime/worker.ts";
import { zipNames } from "../runtime/zip-names.ts";
import { createRegistry } from "../sdk/registry.ts";
import type { Env } from "./env.ts";
import { createFileLinks } from "./file-links.ts";
import { createLog } from "./log.ts";
import { masterKey } from "./master-key.ts";
import { createSealer } from "./sealer.ts";

/** Pixel work at once: more would only wait for the same cores and hold memory. */
const LOCAL_SLOTS = 4;
const RUN_SLOTS = 32;
/** Of the provider calls in flight, and of what may go out at once, what rows of batches may have: the rest is for runs somebody looks at. */
const ROW_SHARE = 0.75;
/** Where this product itself lies, wherever it was started from. */
const PRODUCT_ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { version: VERSION } = JSON.parse(readFileSync(join(PRODUCT_ROOT, "package.json"), "utf8")) as {
  version: string;
};
/** Finished calls stored at once. */
const STORING = 2;
/** Signed messages on their way at once. */
const DELIVERING = 8;

export type OpenOptions = {
  /** Provider calls in flight, where a command asked for another number than the environment. */
  concurrency?: number;
  /** Pretend latency of the simulator in ms. */
  simulatorLatencyMs?: number;
};

/** The composition root: the only place that says which technology stands behind which port. */
export async function openStudio(env: Env, options: OpenOptions = {}): Promise<Studio> {
  if (!(await guardHolds()))
    throw new Error("This Node lets a fetched address reach this machine's own services, so nothing is started on it.");
  const clock = systemClock;
  const log = createLog(env);
  const folder = env.dataDir;
  const journal = await openJournal(env, clock.now);
  const assets = await openAssets(env);
  const ops = createSharpOps();
  const textReader = createTesseract({ searchPath: env.searchPath });
  const simulated = env.openaiKey === undefined;
  const simulator = simulated ? await openSimulator(folder, options.simulatorLatencyMs) : undefined;
  const provider = createOpenAIProvider({
    apiKey: env.openaiKey ?? "simulator",
    baseURL: simulated ? "http://simulator.invalid/v1" : env.openaiBaseUrl,
    fetch: simulator?.fetch,
    name: simulated ? "simulator" : "openai",
    simulated,
    timeoutMs: env.openaiTimeoutMs,
    idleTimeoutMs: env.openaiIdleTimeoutMs,
    clock,
    readAsset: async (asset) => ({
      bytes: await assets.get(asset),
      mediaType: (await journal.assetInfo(asset))?.mediaType ?? "image/png",
    }),
  });
  const registry = createRegistry(NODES);
  const catalogue = catalogueOf(registry);
  const hub = createRunHub(clock.now);
  const places = options.concurrency ?? env.concurrency;
  const slots = createCallSlots(places, clock.monotonic);
  const calm = createCalm(slots, clock);
  const limits = { requestsPerMinute: env.openaiRpm, imagesPerMinute: env.openaiIpm };
  const sealer = createSealer(env);
  const fileLinks = createFileLinks({ masterKey: (make) => masterKey(env, make), now: clock.now });
  const { publicUrl } = env;
  const deliveries = {
    post: createGuardedPost({ ownHosts: ownHosts(env), allowHosts: env.webhookAllowHosts }),
    secrets: journal.secrets,
    sealer,
    sent: journal.sent,
    clock,
    oneOfFew: createTurnstile(DELIVERING),
    ...(publicUrl
      ? {
          runUrl: (runId: string) => new URL(`/runs/${runId}`, publicUrl).href,
          assetUrl: (asset: string) => new URL(fileLinks.make(asset), publicUrl).href,
        }
      : {}),
  };
  const ports: RunPorts = {
    journal,
    provider,
    assets,
    ops,
    slots,
    // Where one number was asked for there is one batch and nobody else.
    rowSlots: options.concurrency ? undefined : slotsWithin(slots, rowPlaces(places, simulated), clock.monotonic),
    pace: createPace(journal, clock, limits, provider.name),
    rowPace: createPace(journal, clock, limits, provider.name, ROW_SHARE),
    clock,
    dayCapMicro: env.budgetDayMicro,
    flights: new Map(),
    imageTools: (about) =>
      createImageTools({
        ops,
        assets,
        putAssetInfo: (info) => journal.putAssetInfo(info),
        assetInfo: (asset) => journal.assetInfo(asset),
        about,
        textReader,
      }),
    local: createTurnstile(LOCAL_SLOTS),
    calm,
    room: createDiskRoom(folder, clock),
    storing: createStoring(STORING, calm),
    logError: (message, error) => log.error(message, error),
    deliver: (...delivery) => deliverResults(deliveries, ...delivery),
    registry,
    catalogue,
    changed: hub.changed,
    show: hub.show,
    preview: previewOf(ops, hub),
  };
  const worker = createWorker(ports, ownerName());
  return createStudio({
    journal,
    assets,
    ops,
    provider,
    pictures: createGuardedFetch({ ownHosts: ownHosts(env) }),
    clock,
    registry,
    catalogue,
    hub,
    worker,
    callsInFlight: () => slots.inFlight,
    defaultBudgetMicro: env.budgetRunMicro,
    dayCapMicro: env.budgetDayMicro,
    sealer,
    cron: cronReader,
    logError: (message, error) => log.error(message, error),
    runSlots: RUN_SLOTS,
    zip: createZip({ names: zipNames }),
    folderWriter: createFolderWriter({ product: PRODUCT_ROOT, data: folder }),
    exporting: {
      credentials: createCredentials({
        folder: join(folder, "credentials"),
        version: VERSION,
        own: env.c2pa,
        now: clock.now,
      }),
      delivery: createDeliveryWriter(),
      psd: createPsdWriter(),
      signature: { version: VERSION, creator: env.exportCreator, credit: env.exportCredit },
    },
  });
}

/** A database that machines share, or the file in the data folder. Only who needs the database loads what speaks to it. */
async function openJournal({ databaseUrl, dataDir }: Env, now: () => number): Promise<Journal> {
  if (!databaseUrl) return openSqliteJournal({ folder: dataDir, now, ownerIsDead });
  const { openPostgresJournal } = await import("../adapters/sql/postgres/open.ts");
  return openPostgresJournal({ url: databaseUrl, ownerIsDead: ownerIsDeadHere });
}

/** An object store, or the data folder. Only who needs the object store loads what speaks to it. */
async function openAssets({ assets, dataDir }: Env): Promise<AssetStore> {
  if (!assets) return createFileAssets({ folder: dataDir });
  const { createS3Assets } = await import("../adapters/s3/s3-assets.ts");
  return createS3Assets(assets);
}

/** Stands in for the provider where there is no key. Only who needs it loads what paints. */
async function openSimulator(folder: string, latencyMs?: number) {
  const { createSimulator } = await import("../adapters/simulator/simulator.ts");
  return createSimulator({ folder: join(folder, "simulator"), latencyMs });
}

/** Calls of rows in flight. The simulator paints with this machine's own cores: more at once would be no faster, and everybody else would wait. */
const rowPlaces = (places: number, simulated: boolean): number =>
  Math.max(1, Math.min(Math.floor(places * ROW_SHARE), simulated ? 2 * availableParallelism() : places));

/** Where this product itself can be reached, as `host:port`. */
function ownHosts({ host, port, publicUrl }: Env): string[] {
  const bound = [host.includes(":") ? `[${host}]` : host, "127.0.0.1", "localhost", "[::1]"].map(
    (name) => `${name}:${port}`,
  );
  if (!publicUrl) return bound;
  return [...bound, `${publicUrl.hostname}:${publicUrl.port || (publicUrl.protocol === "https:" ? 443 : 80)}`];
}
