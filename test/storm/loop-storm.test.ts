import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { ImageValue, VerdictValue } from "#lib/protocol/values.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { LOOP_DRAWINGS, LOOP_SCORES, LOOP_VERDICTS, loopGraph } from "./loop-graph.ts";
import { runCli, startCli } from "./run-cli.ts";
import { type ProviderProcess, startProvider } from "./start-provider.ts";

/** LOOP_KILLS and STORM_SEED make a longer or another storm. */
const KILLS = Number(process.env.LOOP_KILLS ?? 10);
const SEED = Number(process.env.STORM_SEED ?? 20261120);
const LATENCY_MS = 600;
const CREATE_DELAY_MS = 25;
/** About as long as a run that is left alone takes. */
const LONGEST_KILL_MS = 3_600;

const wanted = (callKey: string) => callKey.replace(/#\d+$/, "");

/** Numbers 0–1 from a seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

describe("kill -9 anywhere in a loop", () => {
  let provider: ProviderProcess;
  const folders: string[] = [];

  beforeAll(async () => {
    provider = await startProvider({ latencyMs: LATENCY_MS, createDelayMs: CREATE_DELAY_MS });
  });
  afterAll(async () => {
    await provider?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  type Settings = { data: string; url: string };

  async function throughTheStorm(settings: Settings, file: string, random: () => number, figures: { kills: number }) {
    let runId: string | undefined;
    let retry = false;
    for (let turn = 0; turn < 40 + KILLS; turn += 1) {
      const again = ["resume", runId ?? "", "--json", ...(retry ? ["--in-doubt", "retry"] : [])];
      const cli = startCli(runId ? again : ["run", file, "--json"], settings);
      retry = false;
      if (figures.kills < KILLS) sleep(300 + random() * LONGEST_KILL_MS).then(() => cli.kill("SIGKILL"));
      const end = await cli.done;
      runId ??=
        /run_[a-z0-9]+/.exec(end.stderr)?.[0] ??
        /run_[a-z0-9]+/.exec((await runCli(["runs", "--json"], settings)).stdout)?.[0];
      if (end.signal === "SIGKILL") {
        figures.kills += 1;
        continue;
      }
      expect([0, 5], `exit code, saying: ${end.stderr}\n${/"error": \{[^}]*\}/.exec(end.stdout)?.[0]}`).toContain(
        end.code,
      );
      if (end.code === 0) return JSON.parse(end.stdout) as RunDocument;
      retry = true;
    }
    throw new Error("the run should come to an end");
  }

  async function look(settings: Settings, runId: string) {
    const env = { THROUGHLINE_DATA: settings.data, OPENAI_API_KEY: "test", OPENAI_BASE_URL: settings.url };
    const studio = await openStudio(readEnv(env));
    try {
      const doubts = new Set<string>();
      for await (const event of studio.events(runId, 0))
        if (event.type === "call.settled" && event.state === "in_doubt") doubts.add(event.call);
      const entries = (await studio.archive({ runId, limit: 20 })).toSorted((a, b) => a.position - b.position);
      return { doubts, entries };
    } finally {
      await studio.stop();
    }
  }

  test(`what leaves the loop, its order, its verdicts and what is paid stay the same over ${KILLS} kills (seed ${SEED})`, {
    timeout: 120_000 + KILLS * 12_000,
  }, async () => {
    const random = randomFrom(SEED);
    const figures = { kills: 0, runs: 0, draws: 0, judged: 0 };
    while (figures.kills < KILLS) {
      const folder = mkdtempSync(join(tmpdir(), "throughline-loop-"));
      folders.push(folder);
      const settings = { data: join(folder, "data"), url: provider.url };
      const file = join(folder, "graph.json");
      writeFileSync(file, JSON.stringify(loopGraph()));
      await provider.reset();
      await provider.change({ scores: LOOP_SCORES });
      const document = await throughTheStorm(settings, file, random, figures);
      figures.runs += 1;

      const { creates, violations } = await provider.ledger();
      expect(violations).toEqual([]);
      const { doubts, entries } = await look(settings, document.runId);
      const draws = creates.filter((one) => !one.judges);
      const judged = creates.filter((one) => one.judges);
      figures.draws += draws.length;
      figures.judged += judged.length;
      // A judge may be asked again after a crash; a picture is bought again only where a person said so of a call in doubt.
      expect(new Set(draws.map(({ key }) => wanted(key))).size).toBe(LOOP_DRAWINGS);
      expect(new Set(judged.map(({ key }) => wanted(key))).size).toBe(LOOP_VERDICTS);
      const forgiven = [...doubts].filter((key) => draws.some((one) => one.key === key)).length;
      expect(draws.length).toBeLessThanOrEqual(LOOP_DRAWINGS + forgiven);

      expect(document.status).toBe("succeeded");
      const line = (image: ImageValue | undefined) => image?.verdicts?.at(-1)?.checks[0]?.reason;
      const passed = [
        "Variant 0 after 0 changes is worth 0.9.",
        "Variant 2 after 0 changes is worth 0.95.",
        "Variant 1 after 1 changes is worth 0.9.",
      ];
      expect(((document.outputs.after?.image ?? []) as ImageValue[]).map(line)).toEqual(passed);
      expect(((document.outputs.gate?.reject ?? []) as ImageValue[]).map(line)).toEqual([
        "Variant 3 after 2 changes is worth 0.5.",
      ]);
      const told = entries.map(({ record }) =>
        (record.verdicts as VerdictValue[]).map(({ checks }) => checks[0]?.reason),
      );
      expect(told).toEqual(passed.map((reason) => [reason]));
    }
    console.log(
      `${figures.kills} kills in ${figures.runs} runs of a loop: ${figures.draws} drawings and ${figures.judged} verdicts sent ` +
        `for ${figures.runs * LOOP_DRAWINGS} and ${figures.runs * LOOP_VERDICTS} needed (seed ${SEED})`,
    );
  });
});
