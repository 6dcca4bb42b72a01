#!/usr/bin/env node
// npm start: sets the checkout up, then serves the studio. Options: --host NAME, --port N, --dev.
import { parseArgs } from "node:util";
import { ensureReady, inProductNode } from "./set-up.js";

const usage = "Usage: npm start [-- --host 127.0.0.1] [--port 3000] [--dev]";

function options() {
  try {
    const { values } = parseArgs({
      options: {
        host: { type: "string" },
        port: { type: "string" },
        dev: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(`${error.message}\n${usage}\n`);
    process.exit(2);
  }
}

const { host, port, dev = false, help } = options();
if (help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
if (host !== undefined) process.env.HOST = host;
if (port !== undefined) process.env.PORT = port;
process.env.NODE_ENV = dev ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

try {
  await ensureReady();
  if (await inProductNode()) {
    const { settings, serve } = await import("../lib/server/main.ts");
    // Wrong settings are told before any time is spent on a build.
    const env = settings();
    await ensureReady({ build: !dev });
    await serve(env, { dev });
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
