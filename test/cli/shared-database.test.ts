import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedSimulator, serveSimulator } from "#lib/adapters/simulator/serve.ts";
import { type Cluster, noPostgres, startCluster, whyNot } from "#test/adapters/sql/postgres-cluster.ts";
import { cli, cliJson, newPlace, type Place, pictureGraph, startCli } from "./spawn-cli.ts";

const WORKER = fileURLToPath(new URL("../../bin/worker.ts", import.meta.url));

describe.skipIf(noPostgres)(`processes that share a database and the folder of assets${whyNot}`, () => {
  let cluster: Cluster;
  let provider: ServedSimulator;
  let place: Place;
  let password: string;
  let worker: ChildProcess;
  let said = "";
  const paid = async () => {
    const ledger = await fetch(`${provider.url.replace(/\/v1$/, "")}/__ledger`);
    return ((await ledger.json()) as { paid: number }).paid;
  };
  beforeAll(async () => {
    cluster = await startCluster();
    provider = await serveSimulator({ port: 0, latencyMs: 2500 });
    const url = await cluster.database("studio");
    password = new URL(url).password;
    place = newPlace({
      DATABASE_URL: url,
      OPENAI_API_KEY: "sk-test-0123456789",
      OPENAI_BASE_URL: provider.url,
    });
    place.write("g.json", pictureGraph("a red kayak on a lake"));
    worker = spawn(process.execPath, [WORKER], { cwd: place.cwd, env: place.env, stdio: ["ignore", "ignore", "pipe"] });
    worker.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  });
  afterAll(async () => {
    if (worker?.exitCode === null) {
      const over = once(worker, "exit");
      worker.kill("SIGTERM");
      await over;
    }
    await provider?.close();
    await cluster?.discard();
  });
  const atRest = async (runId: string) => {
    for (;;) {
      const { json } = await cliJson(place, "show", runId);
      if (json.status !== "queued" && json.status !== "running") return json;
      await new Promise((later) => setTimeout(later, 200));
    }
  };

  it("PF-001 a worker finishes the run of a command that was killed, and nothing is bought twice", async () => {
    const { child, says, ended } = startCli(place, ["run", "g.json", "--events"]);
    await says('"responseId"');
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    const [{ runId }] = (await cliJson(place, "runs")).json.runs;
    expect(await atRest(runId)).toMatchObject({ status: "succeeded" });
    expect(await paid()).toBe(1);
  }, 60_000);

  it("what one process made is the other's to use: the same graph again costs nothing", async () => {
    expect(await cliJson(place, "run", "g.json")).toMatchObject({
      code: 0,
      json: { status: "succeeded", paidCalls: 0 },
    });
    expect(await paid()).toBe(1);
    expect(await cli(place, "fsck")).toMatchObject({ code: 0 });
  });

  it("a database that crashes under a run and comes back costs the run nothing, and the worker stays", async () => {
    place.write("h.json", pictureGraph("a green canoe on a river"));
    const { says, ended } = startCli(place, ["run", "h.json", "--events"]);
    await says('"responseId"');
    await cluster.crash();
    await cluster.start();
    await ended;
    const [{ runId }] = (await cliJson(place, "runs")).json.runs;
    expect(await atRest(runId)).toMatchObject({ status: "succeeded" });
    expect(await paid()).toBe(2);
    expect(worker.exitCode).toBeNull();
  }, 120_000);

  it("no embedded journal is made beside the assets, and nobody said the password", async () => {
    expect(readdirSync(place.data)).not.toContain("journal.sqlite");
    expect(said).toContain("This worker takes queued runs");
    expect(said).not.toContain(password);
    const wrong = newPlace({ DATABASE_URL: `postgres://studio:${password}@127.0.0.1:1/studio` });
    const { code, stdout, stderr } = await cli(wrong, "runs");
    expect(code).not.toBe(0);
    expect(stderr).toContain("127.0.0.1:1/studio");
    expect(stdout + stderr).not.toContain(password);
  });
});
