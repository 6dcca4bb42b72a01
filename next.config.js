import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));

/** Next draws pages only; /api, the Host check and sessions stand in front of it (docs/adr/2026-11-20-one-front-door.md). */
export default {
  poweredByHeader: false,
  compress: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  turbopack: { root },
  devIndicators: false,
  // The development page waits for its socket, and Next refuses it to any name but localhost; our own Host check stands before it.
  allowedDevOrigins: ["127.0.0.1", "[::1]"],
  // In development every link waits for a channel of debug data that the front door's socket does not carry.
  experimental: { reactDebugChannel: false },
  typescript: { tsconfigPath: "app/tsconfig.json" },
};
