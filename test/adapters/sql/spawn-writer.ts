import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const script = new URL("writer.ts", import.meta.url).pathname;

export type Writer = {
  /** The last round it said was committed; -1 before the first. */
  acked(): number;
  said(): readonly string[];
  /** Resolves when it has said that many lines, or has ended. */
  lines(count: number): Promise<void>;
  kill(): Promise<void>;
  ended: Promise<{ code: number | null; errors: string }>;
};

/** Starts a real process that writes to the journal in `place`: a file, or the address of a database. */
export function spawnWriter(place: string, runId: string, rounds: number, dayCap = 1e12): Writer {
  const child = spawn(process.execPath, [script, place, runId, String(rounds), String(dayCap)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  let wake = () => {};
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    said.push(line);
    wake();
  });
  const ended = Promise.all([once(child, "close"), once(reader, "close")]).then(([[code]]) => ({
    code: code as number | null,
    errors,
  }));
  let over = false;
  void ended.then(() => {
    over = true;
    wake();
  });
  return {
    said: () => said,
    acked: () => Number(said.findLast((line) => /^\d+$/.test(line)) ?? -1),
    async lines(count) {
      while (said.length < count && !over)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    ended,
  };
}
