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
  typescript: { tsconfigPath: "app/tsconfig.json" },
};
