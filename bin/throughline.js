#!/usr/bin/env node
// The command line. It starts many times a day, so a checkout that is installed is taken as it is.
import { existsSync } from "node:fs";
import module from "node:module";
import { ensureReady, inProductNode } from "./set-up.js";

try {
  if (!existsSync(new URL("../node_modules/.package-lock.json", import.meta.url))) await ensureReady();
  if (await inProductNode()) {
    module.enableCompileCache();
    const { main } = await import("../lib/cli/main.ts");
    await main(process.argv.slice(2));
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
