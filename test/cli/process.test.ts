import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { CLI, cli, cliJson, newPlace, pictureGraph, startCli } from "./spawn-cli.ts";

const run = promisify(execFile);

describe("a run without a key", () => {
  test("run --json is the whole document; the same again pays for nothing; show is the same document", async () => {
    const place = newPlace();
    place.write("g.json", pictureGraph("a red kayak"));
    expect((await cliJson(place, "estimate", "g.json")).json).toMatchObject({ calls: 1, simulated: true });
    const first = await cliJson(place, "run", "g.json", "--out", "made");
    expect(first.code).toBe(0);
    expect(first.json).toMatchObject({
      status: "succeeded",
      paidCalls: 1,
      simulated: true,
      outputs: { picture: { image: [{ kind: "image", width: 1024 }] } },
    });
    expect(first.json.steps).toMatchObject([
      { nodeId: "words", pass: 0, state: "done", cached: false },
      { nodeId: "picture", pass: 0, state: "done", cached: false, calls: 1 },
    ]);
    expect(first.json.files.every((file: string) => isAbsolute(file) && existsSync(file))).toBe(true);
    expect(first.json.files).toContain(join(place.cwd, "made", "picture-1.png"));
    const again = await cliJson(place, "run", "g.json");
    expect(again.json).toMatchObject({ status: "succeeded", paidCalls: 0, costUsd: 0 });
    expect(again.json.steps.every((step: { cached: boolean }) => step.cached)).toBe(true);
    expect((await cliJson(place, "estimate", "g.json")).json).toMatchObject({ calls: 0, costUsd: 0 });
    const shown = await cliJson(place, "show", first.json.runId);
    expect(shown).toMatchObject({ code: 0, json: { ...first.json, files: shown.json.files } });
    expect((await cliJson(place, "runs")).json.runs).toHaveLength(2);
    expect(await cliJson(place, "fsck")).toMatchObject({ code: 0, json: { ok: true } });
    expect(await cliJson(place, "resume", first.json.runId)).toMatchObject({ code: 0, json: { status: "succeeded" } });
  });

  test("another take asks again, for that run only", async () => {
    const place = newPlace();
    place.write("g.json", pictureGraph("a blue lamp"));
    const asset = async (...args: string[]) =>
      (await cliJson(place, "run", "g.json", ...args)).json.outputs.picture.image[0].asset;
    const [one, two, back] = [await asset(), await asset("--take", "picture=2"), await asset()];
    expect(two).not.toBe(one);
    expect(back).toBe(one);
  });

  test("CLI-005 --events is one JSON object a line with gapless numbers, also when the reader leaves early", async () => {
    const place = newPlace({ TERM: "dumb", NO_COLOR: "1" });
    place.write("g.json", pictureGraph("a green door"));
    const { stdout } = await cli(place, "run", "g.json", "--events");
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const numbered = events.filter(({ seq }) => seq !== undefined).map(({ seq }) => seq);
    expect(numbered).toEqual(numbered.map((_, index) => index + 1));
    expect([events[0].type, events.at(-1).type]).toEqual(["run.started", "run.ended"]);
    const early = await run(
      "sh",
      [
        "-c",
        `"${process.execPath}" "${CLI}" run g.json --events --take picture=2 | head -1; "${process.execPath}" "${CLI}" runs --json`,
      ],
      { cwd: place.cwd, env: place.env },
    );
    const [line = "", ...rest] = early.stdout.split("\n");
    expect(JSON.parse(line).type).toBe("run.started");
    expect(early.stderr).not.toMatch(/EPIPE|Error/);
    expect(JSON.parse(rest.join("\n")).runs[0].status).toBe("succeeded");
  });

  test("CLI-007 what a graph says cannot drive the terminal", async () => {
    const place = newPlace();
    place.write(
      "g.json",
      pictureGraph("x", { name: "\u001b[2Jevil", nodes: [{ id: "a", type: "\u001b]8;;http://x\u0007y" }], edges: [] }),
    );
    const { code, stdout, stderr } = await cli(place, "check", "g.json");
    expect(code).toBe(2);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  test("--budget 0 spends nothing, pauses with code 3, and goes on with a higher one", async () => {
    const place = newPlace({ OPENAI_API_KEY: "sk-CANARY-0123456789", OPENAI_BASE_URL: "http://127.0.0.1:9/v1" });
    place.write("g.json", pictureGraph("a yellow cup"));
    const paused = await cliJson(place, "run", "g.json", "--budget", "0");
    expect(paused).toMatchObject({ code: 3, json: { status: "paused", reason: "budget", paidCalls: 0, costUsd: 0 } });
    expect(paused.stderr).toContain(`resume ${paused.json.runId} --budget`);
    const keys = await cli(place, "keys");
    expect(keys.stdout).toMatch(/OPENAI_API_KEY +set/);
    expect(JSON.stringify(paused) + keys.stdout + keys.stderr).not.toContain("CANARY");
  });
});

describe("wrong use", () => {
  test("CLI-002 what is not a graph file ends at once with code 2", async () => {
    const place = newPlace();
    for (const path of ["/dev/zero", "/tmp", "missing.json"]) {
      const { code, json } = await cliJson(place, "run", path);
      expect({ path, code, status: json.status }).toEqual({ path, code: 2, status: "invalid" });
    }
    expect(existsSync(place.data)).toBe(false);
  });

  test("unknown runs and wrong settings are code 2", async () => {
    const place = newPlace();
    for (const args of [
      ["show", "run_x"],
      ["resume", "run_x"],
      ["export", "run_x", "--out", "o"],
      ["answer", "run_x", "a", "--approve"],
    ]) {
      expect({ args, code: (await cli(place, ...args)).code }).toEqual({ args, code: 2 });
    }
    const wrong = await cliJson(newPlace({ BUDGET_RUN_USD: "lots" }), "runs");
    expect(wrong).toMatchObject({ code: 2, json: { problems: [{ code: "WRONG_SETTING" }] } });
  });
});

test("a graph that was imported comes back as it was", async () => {
  const place = newPlace();
  place.write("g.json", pictureGraph("x"));
  expect((await cliJson(place, "import", "g.json")).json).toMatchObject({ id: "one", revision: 1, created: true });
  expect((await cli(place, "import", "g.json")).code).toBe(2);
  expect((await cliJson(place, "import", "g.json", "--replace")).code).toBe(0);
});

test("help and version need neither a store nor the machine's newest Node", async () => {
  const place = newPlace();
  const { stdout } = await run("sh", ["-c", "which -a node | tail -1"]);
  const { ended } = startCli(place, ["--version"], stdout.trim());
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await ended).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  expect(existsSync(place.data)).toBe(false);
});
