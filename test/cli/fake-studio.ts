import { PassThrough, Readable } from "node:stream";
import type { CliHost } from "#lib/cli/host.ts";
import { createCli } from "#lib/cli/program.ts";
import type { RunEvent } from "#lib/protocol/events.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";

/** A studio of which only the named methods may be called. */
export const fakeStudio = (methods: Partial<Studio>): Studio =>
  new Proxy({ simulated: true, stop: async () => {}, ...methods } as Studio, {
    get(target, name: keyof Studio) {
      if (name in target || typeof name === "symbol" || (name as string) === "then") return target[name];
      throw new Error(`The command called ${String(name)}, which this test does not expect.`);
    },
  });

/** A run's document with what a test leaves out. */
export const runDocument = (given: Partial<RunDocument> = {}): RunDocument => ({
  runId: "run_1",
  status: "succeeded",
  graphId: "g",
  graphName: "Graph",
  revision: "a".repeat(64),
  inputs: {},
  outputs: {},
  steps: [],
  calls: [],
  files: [],
  costUsd: 0,
  paidCalls: 0,
  budgetUsd: 5,
  simulated: true,
  createdAt: 0,
  seq: 0,
  ...given,
});

/** The methods that a run needs: it is created as `run_1`, gives these events, and rests as `document`. */
export function runMethods(document: RunDocument, events: RunEvent[] = []): Partial<Studio> {
  return {
    check: async () => ({ problems: [] }),
    startRun: async () => ({ runId: document.runId, created: true }),
    drive: async () => document.status,
    run: async (runId) => (runId === document.runId ? document : undefined),
    async *events(_runId, afterSeq) {
      for (const event of events) if (event.seq === undefined || event.seq > afterSeq) yield event;
    },
  };
}

export type CliResult = { exitCode: number; stdout: string; stderr: string; stopped: boolean };
export type CliWorld = { studio?: Partial<Studio>; cwd?: string; terminal?: boolean; interrupt?: AbortSignal };

/** Runs the command line in this process and gives what it wrote. */
export async function runCli(args: string[], world: CliWorld = {}): Promise<CliResult> {
  const result: CliResult = { exitCode: -1, stdout: "", stderr: "", stopped: false };
  const terminal = world.terminal ? { isTTY: true, columns: 100, getColorDepth: () => 8 } : {};
  const stop = async () => {
    result.stopped = true;
  };
  const host: CliHost = {
    cwd: world.cwd ?? process.cwd(),
    version: "1.2.3",
    stdout: { write: (text) => (result.stdout += text), ...terminal },
    stderr: { write: (text) => (result.stderr += text), ...terminal },
    openStudio: async () => fakeStudio({ stop, ...world.studio }),
    keyStatus: async () => ({ keySet: false, baseUrl: "https://api.openai.com/v1", dataFolder: "/data" }),
    serveSimulator: async ({ port }) => ({ url: `http://127.0.0.1:${port}/v1`, close: async () => {} }),
    pipe: async () => ({ stdin: Readable.from([]), stdout: new PassThrough() }),
    interruptible: () => world.interrupt ?? new AbortController().signal,
  };
  result.exitCode = await createCli(host).run(args);
  return result;
}
