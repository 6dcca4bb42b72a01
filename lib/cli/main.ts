import { readFileSync } from "node:fs";
import type { CliHost, OutStream } from "./host.ts";
import { createCli } from "./program.ts";

/** Two interrupts closer together than this are one key press: npm and a launcher hand on the one the terminal sent as well. */
const SAME_PRESS_MS = 80;

const version = (): string => JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;

function onInterrupts(): AbortSignal {
  const first = new AbortController();
  let lastAt = Number.NEGATIVE_INFINITY;
  const interrupt = () => {
    const at = performance.now();
    const samePress = at - lastAt < SAME_PRESS_MS;
    lastAt = at;
    if (samePress) return;
    if (first.signal.aborted) process.exit(130);
    first.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return first.signal;
}

/**
 * A closed pipe (`| head -1`) is the reader's choice: what follows is dropped in silence and the work goes on. Any other failure to write is told once on
 * stderr; `failed` says so afterwards.
 */
function guardStreams(): { failed: boolean } {
  const state = { failed: false };
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || state.failed) return;
    state.failed = true;
    process.stderr.write(`The result could not be written to stdout (${error.code ?? error.message}).\n`);
  });
  return state;
}

const openHost = (): CliHost => ({
  cwd: process.cwd(),
  version: version(),
  stdout: process.stdout as OutStream,
  stderr: process.stderr as OutStream,
  async openStudio({ concurrency }) {
    const [{ readEnv }, { withStoredSettings }, { openStudio }] = await Promise.all([
      import("#lib/server/env.ts"),
      import("#lib/server/stored-settings.ts"),
      import("#lib/server/wire.ts"),
    ]);
    return openStudio(withStoredSettings(readEnv()), { concurrency });
  },
  async keyStatus() {
    const [{ readEnv }, { withStoredSettings }] = await Promise.all([
      import("#lib/server/env.ts"),
      import("#lib/server/stored-settings.ts"),
    ]);
    const env = withStoredSettings(readEnv());
    return {
      keySet: env.openaiKey !== undefined,
      baseUrl: env.openaiBaseUrl ?? "https://api.openai.com/v1",
      dataFolder: env.dataDir,
    };
  },
  async serveSimulator(options) {
    const { serveSimulator } = await import("#lib/adapters/simulator/serve.ts");
    return serveSimulator(options);
  },
  async pipe() {
    const { readEnv } = await import("#lib/server/env.ts");
    return { stdin: process.stdin, stdout: process.stdout, publicUrl: readEnv().publicUrl };
  },
  interruptible: onInterrupts,
});

/** The process's own command line: runs `args`, lets both streams empty, and ends the process with the exit code. */
export async function main(args: readonly string[]): Promise<never> {
  const streams = guardStreams();
  const exitCode = await createCli(openHost()).run(args);
  const empty = (stream: NodeJS.WriteStream) =>
    new Promise<void>((resolve) => (stream.writable ? stream.write("", () => resolve()) : resolve()));
  await Promise.all([empty(process.stdout), empty(process.stderr)]);
  process.exit(streams.failed && exitCode === 0 ? 1 : exitCode);
}
