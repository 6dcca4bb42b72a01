import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FaultRule } from "./provider/faults.ts";
import type { Ledger } from "./provider/ledger.ts";

export type ProviderProcess = {
  url: string;
  ledger(): Promise<Ledger>;
  /** Replaces what is scripted. */
  faults(rules: (Partial<FaultRule> & Pick<FaultRule, "match" | "fault">)[]): Promise<void>;
  /** Every response so far is known no more. */
  forget(): Promise<void>;
  /** Empties ledger and script. */
  reset(): Promise<void>;
  change(settings: { latencyMs?: number; createDelayMs?: number; side?: number; scores?: number[][] }): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the provider in a process of its own at a free port of this machine. */
export async function startProvider(settings: {
  latencyMs?: number;
  createDelayMs?: number;
  side?: number;
  ledgerFile?: string;
}): Promise<ProviderProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL("provider-process.ts", import.meta.url))],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        LATENCY_MS: String(settings.latencyMs ?? 300),
        CREATE_DELAY_MS: String(settings.createDelayMs ?? 0),
        PICTURE_SIDE: String(settings.side ?? 64),
        ...(settings.ledgerFile ? { LEDGER_FILE: settings.ledgerFile } : {}),
      },
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The provider ended with code ${code}.`)));
    createInterface({ input: child.stdout! }).once("line", (line) => resolve(JSON.parse(line).url));
  });
  const post = async (path: string, body: unknown = {}) => {
    const answer = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return await answer.json();
  };
  return {
    url: `${url}/v1`,
    ledger: () => post("/__ledger") as Promise<Ledger>,
    faults: async (rules) => void (await post("/__faults", rules)),
    forget: async () => void (await post("/__forget")),
    reset: async () => void (await post("/__reset")),
    change: async (change) => void (await post("/__settings", change)),
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners("exit");
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}
