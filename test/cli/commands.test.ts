import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Graph } from "#lib/protocol/graph.ts";
import { problem, warning } from "#lib/protocol/problems.ts";
import type { GraphRevision } from "#lib/runtime/ports.ts";
import type { Estimate, Studio } from "#lib/runtime/studio-api.ts";
import { runCli, runDocument, runMethods } from "./fake-studio.ts";

const cwd = mkdtempSync(join(tmpdir(), "cli-commands-"));
writeFileSync(join(cwd, "graph.json"), '{"id":"g"}');
writeFileSync(join(cwd, "broken.json"), '{"id":');
const graph = { id: "g", nodes: [], edges: [] } as unknown as Graph;
const cli = (args: string[], studio?: Partial<Studio>) => runCli(args, { cwd, studio });

describe("help", () => {
  test("every command has help, and no help opens a studio", async () => {
    const { stdout, exitCode } = await cli(["--help"]);
    expect(exitCode).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? "");
    expect(commands).toEqual(
      expect.arrayContaining([
        "run",
        "batch",
        "estimate",
        "check",
        "resume",
        "answer",
        "runs",
        "show",
        "archive",
        "export",
        "import",
        "fsck",
        "gc",
        "keys",
        "simulator",
      ]),
    );
    for (const command of commands.filter((name) => name !== "help")) {
      const help = await cli([command, "--help"]);
      expect(help.exitCode, command).toBe(0);
      expect(help.stdout).toContain(`Usage: throughline ${command}`);
    }
  });

  test("the version, an unknown command and no command at all", async () => {
    expect(await cli(["--version"])).toMatchObject({ exitCode: 0, stdout: "1.2.3\n" });
    expect(await cli(["rnu"])).toMatchObject({ exitCode: 2, stdout: "" });
    expect((await cli([])).exitCode).toBe(2);
  });
});

describe("check", () => {
  test("a sound graph", async () => {
    const studio: Partial<Studio> = { check: async () => ({ graph, problems: [] }) };
    expect(await cli(["check", "graph.json"], studio)).toMatchObject({
      exitCode: 0,
      stdout: "valid  0 nodes, 0 edges\n",
    });
    expect(JSON.parse((await cli(["check", "graph.json", "--json"], studio)).stdout)).toEqual({
      status: "valid",
      problems: [],
    });
  });

  test("warnings alone leave it valid and are told", async () => {
    const problems = [warning("SETTING_UNKNOWN", "kept", { node: "a" })];
    const { exitCode, stderr } = await cli(["check", "graph.json"], { check: async () => ({ graph, problems }) });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("warning node a: kept (SETTING_UNKNOWN)");
  });

  test("GR-004 a file that is not JSON is told with its place", async () => {
    const { exitCode, stdout, stderr } = await cli(["check", "broken.json", "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).problems[0].code).toBe("MALFORMED_JSON");
    expect(stderr).toContain("byte 6");
  });
});

describe("estimate", () => {
  const estimate: Estimate = {
    costUsd: 0.12,
    calls: 2,
    cachedNodes: 1,
    nodes: [{ nodeId: "hero", title: "Hero", cachedItems: 1, items: 1, calls: 2, costUsd: 0.12 }],
    simulated: true,
    problems: [],
  };
  test("for people and as JSON", async () => {
    const people = await cli(["estimate", "graph.json"], { estimate: async () => estimate });
    expect(people.stdout).toContain("hero         $0.12");
    expect(people.stdout).toContain("at most $0.12 · 2 paid calls");
    const json = await cli(["estimate", "graph.json", "--json"], { estimate: async () => estimate });
    expect(JSON.parse(json.stdout)).toEqual(estimate);
  });

  test("a graph that cannot run has no price", async () => {
    const bad = { ...estimate, problems: [problem("X", "no")] };
    expect(await cli(["estimate", "graph.json"], { estimate: async () => bad })).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
  });
});

describe("resume", () => {
  test("an unknown run is exit 2, with a document when asked", async () => {
    const { exitCode, stdout } = await cli(["resume", "run_x", "--json"], runMethods(runDocument()));
    expect({ exitCode, code: JSON.parse(stdout).problems[0].code }).toEqual({ exitCode: 2, code: "UNKNOWN_RUN" });
  });

  test("nothing left to do is success and shows the run", async () => {
    const studio: Partial<Studio> = { ...runMethods(runDocument()), resume: async () => "nothing-left" };
    const { exitCode, stdout } = await cli(["resume", "run_1", "--json"], studio);
    expect({ exitCode, status: JSON.parse(stdout).status }).toEqual({ exitCode: 0, status: "succeeded" });
  });

  test("a run that waits for a person is exit 4", async () => {
    const studio: Partial<Studio> = {
      ...runMethods(runDocument({ status: "waiting" })),
      resume: async () => "waiting",
    };
    expect((await cli(["resume", "run_1"], studio)).exitCode).toBe(4);
  });

  test("a new budget and a decision are handed on, and only new events are shown", async () => {
    let asked: unknown;
    const at = { runId: "run_1", at: 0 };
    const studio: Partial<Studio> = {
      ...runMethods(runDocument({ seq: 7 }), [
        { type: "run.waiting", steps: [], ...at, seq: 6 },
        { type: "run.waiting", steps: [], ...at, seq: 8 },
      ]),
      async resume(_runId, change) {
        asked = change;
        return "queued";
      },
    };
    const { stdout } = await cli(["resume", "run_1", "--budget", "9", "--in-doubt", "give-up", "--events"], studio);
    expect(asked).toEqual({ budgetMicro: 9_000_000, inDoubt: "give-up" });
    expect(JSON.parse(stdout).seq).toBe(8);
  });

  test("--in-doubt hold is not a decision", async () => {
    expect((await cli(["resume", "run_1", "--in-doubt", "hold"])).exitCode).toBe(2);
  });
});

describe("answer", () => {
  const answered = async (...args: string[]) => {
    let got: unknown[] = [];
    const result = await cli(["answer", "run_1", "look@2", ...args], {
      async answer(...given) {
        got = given;
        return "answered";
      },
    });
    return { ...result, got };
  };
  test("the step's pass and the answer of a file are handed on", async () => {
    writeFileSync(join(cwd, "answer.json"), '{"approved":["a"]}');
    expect((await answered("--answer", "answer.json")).got).toEqual([
      "run_1",
      "look",
      2,
      { approved: ["a"] },
      "the command line",
    ]);
  });

  test("some of several pictures are approved by their numbers", async () => {
    const picked = await answered("--approve", "--picks", "0, 2");
    expect(picked.got).toEqual(["run_1", "look", 2, { decision: "approve", picks: [0, 2] }, "the command line"]);
    expect((await answered("--approve", "--picks", "first")).exitCode).toBe(2);
  });

  test("exactly one decision is wanted", async () => {
    expect((await answered()).exitCode).toBe(2);
    expect((await answered("--approve", "--reject")).exitCode).toBe(2);
    expect((await answered("--approve")).exitCode).toBe(0);
  });

  test("a step that does not wait, is unknown or was answered before is exit 2", async () => {
    for (const outcome of ["not-waiting", "unknown", "already"] as const) {
      expect((await cli(["answer", "run_1", "look", "--approve"], { answer: async () => outcome })).exitCode).toBe(2);
    }
  });
});

describe("import and export", () => {
  const saved = { id: "g", revision: 2, etag: "e2" } as GraphRevision;
  test("a new graph is stored under its id", async () => {
    const studio: Partial<Studio> = {
      check: async () => ({ graph, problems: [] }),
      saveGraph: async () => ({ saved, created: true }),
    };
    expect(await cli(["import", "graph.json"], studio)).toMatchObject({
      exitCode: 0,
      stdout: "g is stored as revision 2.\n",
    });
  });

  test("an existing graph is replaced only when asked", async () => {
    const asked: unknown[] = [];
    const studio: Partial<Studio> = {
      check: async () => ({ graph, problems: [] }),
      graph: async () => ({ ...saved, etag: "e1" }),
      async saveGraph(_id, _graph, ifMatch) {
        asked.push(ifMatch);
        return ifMatch === "e1" ? { saved, created: false } : { needsMatch: saved };
      },
    };
    expect((await cli(["import", "graph.json"], studio)).exitCode).toBe(2);
    expect((await cli(["import", "graph.json", "--replace"], studio)).exitCode).toBe(0);
    expect(asked).toEqual([undefined, "e1"]);
  });

  test("export writes below the folder and lists what it wrote; an unknown run is exit 2", async () => {
    const studio: Partial<Studio> = {
      ...runMethods(runDocument()),
      exportRun: async (_id, folder) => [join(folder, "a.png")],
    };
    expect((await cli(["export", "run_1", "--out", "x"], studio)).stdout).toBe(`${join(cwd, "x", "a.png")}\n`);
    expect((await cli(["export", "run_2", "--out", "x"], studio)).exitCode).toBe(2);
  });
});

describe("care of the store", () => {
  test("fsck is exit 1 when something does not fit", async () => {
    const report = {
      ok: false,
      assets: 1,
      bytes: 10,
      results: 0,
      problems: [{ code: "HASH_DIFFERS", message: "asset x" }],
    };
    const { exitCode, stderr } = await cli(["fsck"], { fsck: async () => report });
    expect({ exitCode, told: stderr.includes("HASH_DIFFERS") }).toEqual({ exitCode: 1, told: true });
  });

  test("gc --dry-run removes nothing", async () => {
    const asked: unknown[] = [];
    const gc: Studio["gc"] = async (options) => {
      asked.push(options);
      return { deleted: 1, bytes: 5, kept: 3 };
    };
    await cli(["gc"], { gc });
    await cli(["gc", "--dry-run", "--json"], { gc });
    expect(asked).toEqual([{ dryRun: false }, { dryRun: true }]);
  });

  test("keys tells whether a key is set and opens nothing", async () => {
    const { stdout, exitCode } = await cli(["keys", "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      provider: "openai",
      keySet: false,
      simulated: true,
      baseUrl: "https://api.openai.com/v1",
      dataFolder: "/data",
    });
  });

  test("the simulator says where it listens and ends with Ctrl-C", async () => {
    const { stdout, exitCode } = await runCli(["simulator", "--port", "4321"], { interrupt: AbortSignal.abort() });
    expect({ exitCode, told: stdout.includes("http://127.0.0.1:4321/v1") }).toEqual({ exitCode: 0, told: true });
    expect((await cli(["simulator", "--port", "70000"])).exitCode).toBe(2);
  });
});
