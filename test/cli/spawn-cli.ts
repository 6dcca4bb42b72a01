import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CLI = fileURLToPath(new URL("../../bin/throughline.js", import.meta.url));

/** A data folder and a working folder of its own, and the environment of a machine that knows no key. */
export type Place = {
  cwd: string;
  data: string;
  env: NodeJS.ProcessEnv;
  write(name: string, json: unknown): string;
};

export function newPlace(env: Record<string, string> = {}): Place {
  const cwd = mkdtempSync(join(tmpdir(), "throughline-cli-"));
  const data = join(cwd, "data");
  return {
    cwd,
    data,
    env: { ...process.env, OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined, THROUGHLINE_DATA: data, ...env },
    write(name, json) {
      writeFileSync(join(cwd, name), JSON.stringify(json));
      return name;
    },
  };
}

export type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string };
export type Running = {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when stdout or stderr holds the text; rejects when the program ended without. */
  says(text: string): Promise<void>;
};

/** Starts the command line as a program of its own. */
export function startCli(place: Place, args: string[], node = process.execPath): Running {
  const child = spawn(node, [CLI, ...args], { cwd: place.cwd, env: place.env, stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...said }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (said.stdout + said.stderr).includes(text) && resolve();
      waiting.add(look);
      look();
      ended.then(({ code, stdout, stderr }) =>
        reject(new Error(`It ended with ${code} before it said "${text}":\n${stdout}\n${stderr}`)),
      );
    });
  return { child, ended, says };
}

/** Runs the command line to its end. */
export const cli = (place: Place, ...args: string[]): Promise<Ended> => startCli(place, args).ended;

/** Runs it with --json and gives the exit code and the one document of stdout. */
export async function cliJson(
  place: Place,
  ...args: string[]
): Promise<{ code: number | null; json: ReturnType<typeof JSON.parse>; stderr: string }> {
  const { code, stdout, stderr } = await cli(place, ...args, "--json");
  return { code, json: JSON.parse(stdout), stderr };
}

/** One prompt, one picture; `words` makes the picture another one. */
export const pictureGraph = (words: string, more: Record<string, unknown> = {}) => ({
  id: "one",
  name: "One",
  nodes: [
    { id: "words", type: "text", config: { text: words } },
    { id: "picture", type: "generate", config: { size: "1024x1024", partials: 0 } },
  ],
  edges: [{ id: "e1", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" }],
  ...more,
});
