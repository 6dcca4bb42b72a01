import type { Catalogue } from "../engine/types.ts";
import type { MicroUsd } from "../protocol/money.ts";
import type { Registry } from "../sdk/registry.ts";
import type { ExportTools } from "./exports/exports.ts";
import type { Zip } from "./ports/zip.ts";
import type {
  AssetStore,
  Clock,
  CronReader,
  FolderWriter,
  ImageOps,
  Journal,
  PictureFetch,
  Provider,
  Sealer,
} from "./ports.ts";
import type { RunHub } from "./run-hub.ts";
import type { Worker } from "./worker.ts";

/** All the world a studio touches. */
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
