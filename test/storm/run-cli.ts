import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../bin/throughline.js", import.meta.url));

export type CliEnd = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };
export type Cli = { pid: number; kill(signal: NodeJS.Signals): void; done: Promise<CliEnd>; stderr(): string };

/** Starts the command line in a process of its own, with nothing of this process's environment but the path. */
export function startCli(args: string[], settings: { data: string; url: string; env?: Record<string, string> }): Cli {
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      OPENAI_API_KEY: "test-key-of-the-storm",
      OPENAI_BASE_URL: settings.url,
      THROUGHLINE_DATA: settings.data,
      BUDGET_RUN_USD: "none",
      BUDGET_DAY_USD: "none",
      ...settings.env,
    },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (said.stderr += text));
  const done = new Promise<CliEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...said }));
  });
  return { pid: child.pid!, kill: (signal) => void child.kill(signal), done, stderr: () => said.stderr };
}

/** Runs a command to its end. */
export const runCli = (args: string[], settings: Parameters<typeof startCli>[1]): Promise<CliEnd> =>
  startCli(args, settings).done;
