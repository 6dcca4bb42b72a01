import { afterEach, describe, expect, test } from "vitest";
import type { FaultName, FaultRule } from "#lib/adapters/simulator/faults/fault-script.ts";
import type { SimulatorOptions } from "#lib/adapters/simulator/options.ts";
import { type ServedSimulator, serveSimulator } from "#lib/adapters/simulator/serve.ts";
import { cli, cliJson, newPlace, type Place, pictureGraph, startCli } from "./spawn-cli.ts";

let served: ServedSimulator | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

/** A place whose provider is a simulator behind HTTP, with one graph in it. */
async function placeWith(options: SimulatorOptions): Promise<Place & { paid(): Promise<number> }> {
  served = await serveSimulator({ port: 0, ...options });
  const base = served.url.replace(/\/v1$/, "");
  const place = newPlace({ OPENAI_API_KEY: "sk-test-0123456789", OPENAI_BASE_URL: served.url });
  place.write("g.json", pictureGraph("a red kayak on a lake"));
  return {
    ...place,
    paid: async () => (await (await fetch(`${base}/__ledger`)).json()).paid,
  };
}
const first = (fault: FaultName): FaultRule[] => [{ match: { method: "POST" }, nth: 1, fault }];

describe("CLI-003 Ctrl-C during a paid call", () => {
  test("once: ends with 130 and the command to go on; going on pays nothing twice", async () => {
    const place = await placeWith({ latencyMs: 2500 });
    const { child, says, ended } = startCli(place, ["run", "g.json", "--events"]);
    await says('"call.sent"');
    child.kill("SIGINT");
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    const [, runId = ""] = /npx throughline resume (\S+)/.exec(stderr) ?? [];
    const resumed = await cliJson(place, "resume", runId);
    expect(resumed).toMatchObject({ code: 0, json: { runId, status: "succeeded", paidCalls: 1 } });
    expect(await place.paid()).toBe(1);
  });

  test("twice: ends at once with 130", async () => {
    const place = await placeWith({ latencyMs: 60_000 });
    const { child, says, ended } = startCli(place, ["run", "g.json", "--events"]);
    await says('"call.sent"');
    child.kill("SIGINT");
    await says("Stopping");
    await new Promise((resolve) => setTimeout(resolve, 120));
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
  });

  test("killed without warning: going on fetches the picture instead of buying it again", async () => {
    const place = await placeWith({ latencyMs: 2500 });
    const { child, says, ended } = startCli(place, ["run", "g.json", "--events"]);
    await says('"responseId"');
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    const [run] = (await cliJson(place, "runs")).json.runs;
    expect(await cliJson(place, "resume", run.runId)).toMatchObject({
      code: 0,
      json: { status: "succeeded", paidCalls: 1 },
    });
    expect(await place.paid()).toBe(1);
  });
});

describe("how provider faults end a run", () => {
  test("quota is code 5 and is not tried again", async () => {
    const place = await placeWith({ faults: [{ match: { method: "POST" }, fault: "429-quota" }] });
    expect(await cliJson(place, "run", "g.json")).toMatchObject({
      code: 5,
      json: { status: "paused", reason: "quota" },
    });
  });

  test("moderation is code 1 with its own code on the step", async () => {
    const place = await placeWith({ faults: first("moderation-400") });
    const { code, json, stderr } = await cliJson(place, "run", "g.json");
    expect({ code, status: json.status }).toEqual({ code: 1, status: "failed" });
    expect(json.steps[1]).toMatchObject({ state: "failed", error: { code: "moderation" } });
    expect(stderr).toContain("moderation");
  });

  test("a call whose fate is unknown is code 5; giving up is code 1, trying again is code 0", async () => {
    for (const [decision, code] of [
      ["give-up", 1],
      ["retry", 0],
    ] as const) {
      const place = await placeWith({ faults: first("500-after") });
      const doubt = await cliJson(place, "run", "g.json");
      expect(doubt).toMatchObject({ code: 5, json: { status: "paused", reason: "in_doubt" } });
      expect(doubt.stderr).toContain("--in-doubt retry");
      expect((await cli(place, "resume", doubt.json.runId, "--in-doubt", decision)).code).toBe(code);
      await served?.close();
    }
  });
});

test("CLI-008 two command lines on one data folder make one picture between them", async () => {
  const place = await placeWith({ latencyMs: 800 });
  const [one, two] = await Promise.all([cliJson(place, "run", "g.json"), cliJson(place, "run", "g.json")]);
  expect([one.code, two.code]).toEqual([0, 0]);
  expect(one.json.outputs.picture.image[0].asset).toBe(two.json.outputs.picture.image[0].asset);
  expect(await place.paid()).toBe(1);
});
