import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { type FrontServer, startFront, TOKEN } from "#test/http/front-server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "recipes-"));
const data = join(folder, "data");
const config = join(folder, "config");
let front: FrontServer;
let cmsPort: number;

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  cmsPort = await freePort();
  const vars = { THROUGHLINE_DATA: data, XDG_CONFIG_HOME: config, WEBHOOK_ALLOW_HOSTS: `127.0.0.1:${cmsPort}` };
  const studio = await openStudio(readEnv(vars));
  studio.startWorker();
  front = await startFront({ studio, vars });
});
afterAll(async () => {
  await front.close();
});

/** The shell lines of a page, as somebody copies them one after the other, in a folder that has the repository's docs and graphs in it. */
async function follow(page: string): Promise<{ place: string; said: string }> {
  const text = readFileSync(join(ROOT, "docs/recipes", page), "utf8");
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines ?? "");
  const place = join(folder, page.replace(".md", ""));
  mkdirSync(place);
  for (const name of ["docs", "public"]) symlinkSync(join(ROOT, name), join(place, name));
  const cli = `npx() { shift; "${process.execPath}" "${join(ROOT, "bin/throughline.js")}" "$@"; }`;
  const script = ["set -eu -o pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT", cli, ...blocks].join("\n");
  const { OPENAI_API_KEY: _key, ...env } = process.env;
  const child = spawn("bash", ["-c", script], {
    cwd: place,
    env: {
      ...env,
      THROUGHLINE_URL: front.base,
      THROUGHLINE_TOKEN: TOKEN,
      THROUGHLINE_DATA: data,
      XDG_CONFIG_HOME: config,
      CMS_URL: `http://127.0.0.1:${cmsPort}`,
      CMS_PORT: String(cmsPort),
      PATH: `${join(process.execPath, "..")}:${env.PATH}`,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code, said).toBe(0);
  return { place, said };
}

describe("the recipes of the documentation work as they are written", () => {
  test("a CMS: a post goes in by a hook, its picture comes back once", async () => {
    const { place, said } = await follow("cms.md");
    const pictures = readdirSync(join(place, "received"));
    expect(pictures).toHaveLength(1);
    expect(await sharp(join(place, "received", pictures[0] ?? "")).metadata()).toMatchObject({
      width: 1536,
      height: 1024,
    });
    const runs = [...said.matchAll(/"runId":"(run_\w+)"/g)].map(([, id]) => id);
    expect(runs).toHaveLength(2);
    expect(new Set(runs).size).toBe(1);
  });

  test("a ticket desk: a ticket goes in, the desk asks, the picture is there; an assistant draws with the same template", async () => {
    const desk = await follow("ticket-desk.md");
    expect(await sharp(join(desk.place, "ticket-1093.png")).metadata()).toMatchObject({ width: 1024 });
    const assistant = await follow("assistant.md");
    expect(assistant.said).toContain("succeeded text, image");
    expect(assistant.said).toContain("ticket-sketch");
    expect(await sharp(join(assistant.place, "lighthouse.webp")).metadata()).toMatchObject({ width: 1024 });
  });

  test("CI: checked, estimated, drawn, and free the second time", async () => {
    const { place, said } = await follow("ci.md");
    expect(said).toMatch(/succeeded, \d+ files/);
    expect(existsSync(join(place, "pictures/run.json"))).toBe(true);
  });
});
