import { mkdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { newData, type Served, serve, startToEnd } from "./served.ts";

let running: Served[] = [];
const start = async (env: Record<string, string> = {}) => {
  const served = await serve(env);
  running.push(served);
  return served;
};
afterEach(async () => {
  await Promise.all(running.map((served) => served.stop("SIGKILL")));
  running = [];
});

const json = { "content-type": "application/json" };
const hello = JSON.stringify({
  graph: { id: "t", nodes: [{ id: "a", type: "text", config: { text: "hi" } }] },
});

it("AU-001 refuses to be reached by others without a token and a public address, in one line", async () => {
  for (const [env, args] of [
    [{ HOST: "0.0.0.0" }, []],
    [{}, ["--host", "0.0.0.0"]],
  ] as [Record<string, string>, string[]][]) {
    const { code, said } = await startToEnd({ THROUGHLINE_DATA: newData(), PORT: "0", ...env }, args);
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toEqual([
      expect.stringMatching(/^HOST=0\.0\.0\.0 .*THROUGHLINE_TOKEN.*PUBLIC_URL.*127\.0\.0\.1\.$/),
    ]);
  }
});

it("tells every wrong setting at once and ends with 1", async () => {
  const { code, said } = await startToEnd({
    THROUGHLINE_DATA: newData(),
    PORT: "x",
    BUDGET_RUN_USD: "-1",
    OPENAI_API_KEY: "sk-canary key",
  });
  expect(code).toBe(1);
  for (const name of ["PORT", "BUDGET_RUN_USD", "OPENAI_API_KEY"]) expect(said).toContain(`${name} must`);
  expect(said).not.toContain("canary");
});

it("a taken port ends with 1 and says what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const { code, said } = await startToEnd({ THROUGHLINE_DATA: newData(), PORT: String(port) });
  other.close();
  expect([code, said]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
});

it("PF-005 a second server on one data folder ends with 1 and names the first one's process", async () => {
  const first = await start();
  const { code, said } = await startToEnd({ THROUGHLINE_DATA: first.data, PORT: "0" });
  expect([code, said]).toEqual([1, expect.stringContaining(`process ${first.child.pid}`)]);
  expect((await first.fetch("/api/health")).status).toBe(200);
});

it("SIGTERM ends it with 0, and the next start finds everything", async () => {
  const first = await start();
  const { runId } = (await (await first.fetch("/api/runs", { method: "POST", headers: json, body: hello })).json()) as {
    runId: string;
  };
  expect(await (await first.fetch(`/api/runs/${runId}/events`)).text()).toContain("event: run.ended");
  expect(await first.stop("SIGTERM")).toBe(0);
  const second = await start({ THROUGHLINE_DATA: first.data });
  expect(await (await second.fetch(`/api/runs/${runId}`)).json()).toMatchObject({ runId, status: "succeeded" });
});

it("PF-003 after kill -9 it starts at once on the same folder, and a browser's session still holds", async () => {
  const first = await start({ PORT: "0" });
  const cookie = (await fetch(first.link, { redirect: "manual" })).headers.get("set-cookie")?.split(";")[0] ?? "";
  await first.stop("SIGKILL");
  const second = await start({ THROUGHLINE_DATA: first.data, PORT: String(first.port) });
  expect((await fetch(`${second.base}/api/runs`, { headers: { cookie } })).status).toBe(200);
  expect((await fetch(`${second.base}/?token=${first.token}`, { redirect: "manual" })).status).toBe(401);
});

it("a configured token is taken as Bearer and by link, and is not printed", async () => {
  const token = "configured-token-of-a-person";
  const served = await start({ THROUGHLINE_TOKEN: token });
  expect(served.link).not.toContain(token);
  for (const good of [token, served.token])
    expect((await fetch(`${served.base}/api/runs`, { headers: { authorization: `Bearer ${good}` } })).status).toBe(200);
  expect((await fetch(`${served.base}/?token=${token}`, { redirect: "manual" })).status).toBe(303);
});

it("SC-008 what it writes is for its owner alone, and a folder that others could read is told", async () => {
  const data = newData();
  mkdirSync(data, { recursive: true, mode: 0o755 });
  const served = await start({ THROUGHLINE_DATA: data });
  expect(statSync(data).mode & 0o777).toBe(0o700);
  await fetch(served.link, { redirect: "manual" });
  expect(statSync(join(data, "sessions.json")).mode & 0o777).toBe(0o600);
});

it("CR-001 CR-011 the served product answers no foreign name, on pages, static files, streams and upgrades alike", async () => {
  const served = await start();
  const page = await (await served.fetch("/")).text();
  const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? "";
  expect((await served.fetch(script)).status).toBe(200);
  expect((await served.fetch("/graph.schema.json")).status).toBe(200);
  for (const path of [
    "/",
    script,
    "/graph.schema.json",
    "/api/health",
    "/api/runs/x/events",
    "/_next/image?url=http://127.0.0.1",
  ]) {
    const answer = await served.fetch(path, { headers: { "x-forwarded-host": "evil.example" } });
    expect(answer.status).not.toBe(421);
    const { status } = await foreign(served, path);
    expect([path, status]).toEqual([path, 421]);
  }
});

const foreign = async (served: Served, path: string): Promise<{ status: number }> => {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: served.port,
        path,
        headers: { host: "evil.example", authorization: `Bearer ${served.token}` },
      },
      (res) => {
        res.resume();
        resolve({ status: res.statusCode ?? 0 });
      },
    );
    asked.on("error", reject);
    asked.end();
  });
};
