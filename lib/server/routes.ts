import { LIMITS } from "../protocol/limits.ts";
import type { Studio } from "../runtime/studio-api.ts";
import type { NodeInfo } from "../sdk/registry.ts";
import type { Auth } from "./auth.ts";
import { createConfirmations } from "./confirmations.ts";
import type { FileLinks } from "./file-links.ts";
import type { Route } from "./http.ts";
import { openApi } from "./openapi.ts";
import type { ReviewLinks } from "./review-links.ts";
import { archiveRoutes } from "./routes/archive.ts";
import { assetRoutes } from "./routes/assets.ts";
import { batchRoutes } from "./routes/batches.ts";
import { bundleRoutes } from "./routes/bundles.ts";
import { exportRoutes } from "./routes/exports.ts";
import { fileRoutes } from "./routes/files.ts";
import { graphRoutes } from "./routes/graphs.ts";
import { hookRoutes, secretRoutes } from "./routes/hooks.ts";
import { libraryRoutes } from "./routes/library.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { moneyRoutes } from "./routes/money.ts";
import { qualityRoutes } from "./routes/quality.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { runRoutes } from "./routes/runs.ts";
import { scheduleRoutes } from "./routes/schedules.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { sharedRoutes } from "./routes/shared.ts";
import { systemRoutes } from "./routes/system.ts";
import { takeRoutes } from "./routes/takes.ts";
import { templateRoutes } from "./routes/templates.ts";
import type { SettingsDesk } from "./settings-desk.ts";
import { createSlots } from "./stream-slots.ts";

/** What the routes need from outside. */
export type RouteDeps = {
  studio: Studio;
  auth: Auth;
  settings: SettingsDesk;
  links: ReviewLinks;
  files: FileLinks;
  publicUrl?: URL;
  nodes(): NodeInfo[];
  version: string;
  /** Silence on an event stream before a comment is sent (ms). */
  heartbeatMs?: number;
};

/** The table of all routes: serving, the OpenAPI document and the test that everything is guarded read this one list. */
export function createRoutes(deps: RouteDeps): Route[] {
  const streams = createSlots({
    perCaller: LIMITS.sseStreamsPerSession,
    perProcess: LIMITS.sseStreams,
    what: "event streams",
  });
  const uploads = createSlots({ perCaller: 16, perProcess: 16, what: "uploads" });
  const exporting = createSlots({ perCaller: 4, perProcess: 8, what: "exports" });
  const routes: Route[] = [
    ...runRoutes({ studio: deps.studio, streams, heartbeatMs: deps.heartbeatMs }),
    ...reviewRoutes(deps),
    ...sharedRoutes(deps),
    ...graphRoutes(deps),
    ...takeRoutes(deps),
    ...templateRoutes(deps),
    ...bundleRoutes(deps),
    ...qualityRoutes(deps),
    ...assetRoutes({ studio: deps.studio, uploads }),
    ...batchRoutes({ ...deps, streams, exporting, confirmations: createConfirmations() }),
    ...archiveRoutes(deps),
    ...libraryRoutes(deps),
    ...exportRoutes({ studio: deps.studio, exporting }),
    ...hookRoutes(deps),
    ...secretRoutes(deps),
    ...scheduleRoutes(deps),
    ...moneyRoutes(deps),
    ...fileRoutes(deps),
    ...mcpRoutes(deps),
    ...settingsRoutes(deps),
    ...systemRoutes({ ...deps, openApi: () => openApi(routes, deps.version) }),
  ];
  return routes;
}
