import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunEvent } from "#lib/protocol/events.ts";
import { InvalidError, problem, warning } from "#lib/protocol/problems.ts";
import type { PauseReason, RunStatus, Step } from "#lib/protocol/run.ts";
import { DiskFull } from "#lib/runtime/ports.ts";
import type { StartRun, Studio } from "#lib/runtime/studio-api.ts";
import { runCli, runDocument, runMethods } from "./fake-studio.ts";

let cwd = "";
const write = (name: string, content: unknown) =>
  writeFileSync(join(cwd, name), typeof content === "string" ? content : JSON.stringify(content));
const INPUTS = [
  { key: "product" },
  { key: "count", type: "number" },
  { key: "dark", type: "boolean" },
  { key: "shot", type: "image" },
  { key: "shots", type: "image", many: true },
];

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "cli-run-"));
  write("graph.json", { id: "g", inputs: INPUTS, nodes: [], edges: [] });
  write("one.png", "one");
  write("two.png", "two");
});

/** Runs `run graph.json …` and gives the request that reached the studio. */
async function requestOf(...args: string[]): Promise<StartRun | undefined> {
  let asked: StartRun | undefined;
  const studio: Partial<Studio> = {
    ...runMethods(runDocument()),
    upload: async (bytes) => ({
      asset: `sha256:${Buffer.from(bytes)}`,
      width: 1,
      height: 1,
      mediaType: "image/png",
      known: false,
    }),
    async startRun(request) {
      asked = request;
      return { runId: "run_1", created: true };
    },
  };
  const { exitCode, stderr } = await runCli(["run", "graph.json", ...args], { cwd, studio });
  if (exitCode !== 0) throw new Error(stderr);
  return asked;
}

describe("options of run", () => {
  test("values are read as their inputs' types; the first = separates", async () => {
    const request = await requestOf("--input", "product=a=b", "--input", "count=2.5", "--input", "dark=no");
    expect(request?.inputs).toEqual({ product: "a=b", count: 2.5, dark: false });
  });

  test("what does not look like its type stays text, for the check to name", async () => {
    expect((await requestOf("--input", "count=many", "--input", "dark=perhaps"))?.inputs).toEqual({
      count: "many",
      dark: "perhaps",
    });
  });

  test("pictures are stored and named by their asset, by either option, alone or as a list", async () => {
    const request = await requestOf("--image", "shot=one.png", "--input", "shots=one.png", "--image", "shots=two.png");
    expect(request?.inputs).toEqual({
      shot: { asset: "sha256:one" },
      shots: [{ asset: "sha256:two" }, { asset: "sha256:one" }],
    });
  });

  test("a single picture for an input that takes many is a list of one", async () => {
    expect((await requestOf("--image", "shots=one.png"))?.inputs).toEqual({ shots: [{ asset: "sha256:one" }] });
  });

  test("a picture's address is handed on in its place in the list; the run fetches it", async () => {
    const url = "https://example.com/a.png?size=2&v=1";
    expect((await requestOf("--image", `shot=${url}`))?.inputs).toEqual({ shot: { url } });
    expect((await requestOf("--image", "shots=one.png", "--input", `shots=${url}`))?.inputs).toEqual({
      shots: [{ asset: "sha256:one" }, { url }],
    });
  });

  test("an asset id is taken as it is, with and without its prefix", async () => {
    const hex = "ab".repeat(32);
    expect((await requestOf("--image", `shot=${hex}`))?.inputs).toEqual({ shot: { asset: `sha256:${hex}` } });
    expect((await requestOf("--image", `shot=sha256:${hex}`))?.inputs).toEqual({ shot: { asset: `sha256:${hex}` } });
  });

  test("targets, takes, concurrency and doubt are passed on", async () => {
    const request = await requestOf(
      "--to",
      "a",
      "--to",
      "b",
      "--take",
      "a=3",
      "--concurrency",
      "2",
      "--in-doubt",
      "retry",
    );
    expect(request).toMatchObject({ to: ["a", "b"], takes: { a: 3 }, concurrency: 2, inDoubt: "retry" });
  });

  test("a budget is counted in micro-USD; none means no cap; left out means the default", async () => {
    expect((await requestOf("--budget", "1.25"))?.budgetMicro).toBe(1_250_000);
    expect((await requestOf("--budget", "0"))?.budgetMicro).toBe(0);
    expect((await requestOf("--budget", "none"))?.budgetMicro).toBeNull();
    expect((await requestOf())?.budgetMicro).toBeUndefined();
  });

  test.each([
    ["--budget", "-1"],
    ["--budget", "lots"],
    ["--take", "hero"],
    ["--take", "hero=0"],
    ["--take", "hero=1.5"],
    ["--concurrency", "0"],
    ["--in-doubt", "give-up"],
    ["--input", "product"],
    ["--input", "=x"],
    ["--input", "__proto__=x"],
    ["--image", "shot=missing.png"],
    ["--nonsense", "1"],
  ])("%s %s is wrong use and starts nothing", async (...option) => {
    const { exitCode, stderr, stdout } = await runCli(["run", "graph.json", ...option], { cwd, studio: {} });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.length).toBeGreaterThan(10);
  });

  test("CLI-001 a value longer than the limit of a text is refused before anything is opened", async () => {
    const { exitCode, stderr } = await runCli(["run", "graph.json", "--input", `product=${"x".repeat(65_537)}`], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("INPUT_TOO_LONG");
  });
});

describe("how a run ends", () => {
  const cases: [RunStatus, PauseReason | undefined, number][] = [
    ["succeeded", undefined, 0],
    ["failed", undefined, 1],
    ["paused", "budget", 3],
    ["waiting", undefined, 4],
    ["paused", "quota", 5],
    ["paused", "disk", 5],
    ["paused", "in_doubt", 5],
    ["cancelled", undefined, 130],
    ["running", undefined, 130],
  ];
  test.each(cases)("%s %s exits with its code and says how to go on", async (status, reason, code) => {
    const step: Step = {
      nodeId: "a",
      pass: 0,
      state: "waiting",
      cached: false,
      why: "",
      calls: 0,
      costUsd: 0,
      items: [],
    };
    const studio = runMethods(runDocument({ status, reason, steps: [step] }));
    const { exitCode, stdout } = await runCli(["run", "graph.json"], { cwd, studio });
    expect(exitCode).toBe(code);
    expect(stdout.includes("Go on with:")).toBe(status !== "succeeded");
    expect(stdout.includes("resume run_1") || stdout.includes("answer run_1 a")).toBe(status !== "succeeded");
  });

  test("--json prints the run's document and nothing else on stdout, with the files of --out", async () => {
    const exported: string[] = [];
    const studio: Partial<Studio> = {
      ...runMethods(runDocument({ costUsd: 0.5, seq: 1 }), [
        { type: "step.queued", nodeId: "a", pass: 0, items: 1, runId: "run_1", at: 0, seq: 1 },
      ]),
      async exportRun(_runId, folder) {
        exported.push(folder);
        return [join(folder, "a-1.png")];
      },
    };
    const { exitCode, stdout } = await runCli(["run", "graph.json", "--json", "--out", "made"], { cwd, studio });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      runId: "run_1",
      status: "succeeded",
      costUsd: 0.5,
      files: [join(cwd, "made", "a-1.png")],
    });
    expect(exported).toEqual([join(cwd, "made")]);
  });

  test("--events prints every event as one JSON line, transient ones too", async () => {
    const events: RunEvent[] = [
      { type: "run.started", graphId: "g", revision: "r", nodes: 1, epoch: 1, runId: "run_1", at: 0, seq: 1 },
      { type: "step.progress", nodeId: "a", pass: 0, item: 0, fraction: 0.5, runId: "run_1", at: 0 },
      { type: "run.ended", status: "succeeded", costUsd: 0, runId: "run_1", at: 0, seq: 2 },
    ];
    const { stdout } = await runCli(["run", "graph.json", "--events"], {
      cwd,
      studio: runMethods(runDocument({ seq: 2 }), events),
    });
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(events);
  });

  test("--json with --events is wrong use", async () => {
    expect(await runCli(["run", "graph.json", "--json", "--events"], { cwd })).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
  });

  test("a bad graph is told line by line on stderr, and as a document with --json; nothing is started", async () => {
    const problems = [
      problem("PORT_UNKNOWN", "there is no such port", { node: "a", port: "x" }),
      warning("SETTING_UNKNOWN", "kept", { node: "b", field: "y" }),
    ];
    const { exitCode, stdout, stderr } = await runCli(["run", "graph.json", "--json"], {
      cwd,
      studio: { check: async () => ({ problems }) },
    });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ status: "invalid", problems });
    expect(stderr.trim().split("\n")).toHaveLength(2);
    expect(stderr).toContain("node a, port x: there is no such port");
    expect(stderr).toContain("node b, field y: kept");
  });

  test("a refusal at the start of the run is told in the same way", async () => {
    const studio: Partial<Studio> = {
      check: async () => ({ problems: [] }),
      startRun: () => Promise.reject(new InvalidError([problem("QUEUE_FULL", "too many runs wait")])),
    };
    const { exitCode, stdout } = await runCli(["run", "graph.json", "--json"], { cwd, studio });
    expect({ exitCode, code: JSON.parse(stdout).problems[0].code }).toEqual({ exitCode: 2, code: "QUEUE_FULL" });
  });

  test("CLI-003 Ctrl-C reaches the run, is answered at once, and ends with the command to go on", async () => {
    const interrupt = new AbortController();
    const studio: Partial<Studio> = {
      ...runMethods(runDocument({ status: "running" })),
      drive: (_runId, signal) =>
        new Promise((resolve) => {
          signal?.addEventListener("abort", () => resolve("running"));
          interrupt.abort();
        }),
    };
    const { exitCode, stdout, stderr } = await runCli(["run", "graph.json"], {
      cwd,
      studio,
      interrupt: interrupt.signal,
    });
    expect(exitCode).toBe(130);
    expect(stderr).toContain("Stopping");
    expect(stdout).toContain("npx throughline resume run_1");
  });

  test("the studio is stopped however the command ends", async () => {
    expect((await runCli(["run", "graph.json"], { cwd, studio: runMethods(runDocument()) })).stopped).toBe(true);
    const broken: Partial<Studio> = { check: () => Promise.reject(new Error("disk gone")) };
    expect(await runCli(["run", "graph.json"], { cwd, studio: broken })).toMatchObject({ exitCode: 1, stopped: true });
  });
});

test("a run whose pause could not even be written for want of room is told as paused, exit 5, with the way to go on", async () => {
  const studio: Partial<Studio> = {
    ...runMethods(runDocument({ status: "running" })),
    drive: () => Promise.reject(new DiskFull()),
  };
  const { exitCode, stdout, stderr } = await runCli(["run", "graph.json", "--json"], { cwd, studio });
  expect(exitCode).toBe(5);
  expect(JSON.parse(stdout)).toMatchObject({
    runId: "run_1",
    status: "paused",
    reason: "disk",
    error: { code: "disk" },
  });
  expect(stderr).toContain("resume run_1");
});
