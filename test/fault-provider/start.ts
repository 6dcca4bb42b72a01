import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A provider in a process of its own. */
export type FaultProvider = { url: string; child: ChildProcess; stop(): Promise<void> };

/** Starts main.ts with the given arguments and waits until it listens. */
export async function startFaultProvider(...args: string[]): Promise<FaultProvider> {
  const script = new URL("./main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url));
    child.once("exit", (code) => reject(new Error(`the provider ended with ${code} before it listened`)));
  });
  return {
    url,
    child,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
