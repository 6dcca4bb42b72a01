import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const START = fileURLToPath(new URL("../../bin/start.js", import.meta.url));
const BROWSER_ARGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** A new folder for a server's data. */
export const newData = (): string => join(mkdtempSync(join(tmpdir(), "throughline-e2e-")), "data");

/** Runs `bin/start.js` to its end and gives its exit code and everything it said. */
export async function startToEnd(
  env: Record<string, string>,
  args: string[] = [],
): Promise<{ code: number; said: string }> {
  const child = spawnStart(env, args);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const [code] = (await once(child, "exit")) as [number];
  return { code, said };
}

export type Served = {
  child: ChildProcess;
  data: string;
  port: number;
  /** The printed link, with its token. */
  link: string;
  base: string;
  token: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Ends it as a person would, or at once. Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** A server somebody keeps running, e.g. `npm run dev` while a test is being written: E2E_BASE and E2E_TOKEN say where. */
function servedAlready(): Served | undefined {
  const { E2E_BASE: base, E2E_TOKEN: token = "" } = process.env;
  if (base === undefined) return undefined;
  return {
    base,
    token,
    link: `${base}/?token=${token}`,
    port: Number(new URL(base).port),
    data: "",
    child: undefined as never,
    fetch: (path, init = {}) =>
      fetch(`${base}${path}`, {
        redirect: "manual",
        ...init,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
      }),
    stop: async () => 0,
  };
}

/** The product as `npm start` serves it, on a free port and a data folder of its own, with the simulator. */
export async function serve(env: Record<string, string> = {}): Promise<Served> {
  const running = servedAlready();
  if (running && Object.keys(env).length === 0) return running;
  const data = env.THROUGHLINE_DATA ?? newData();
  const child = spawnStart({ PORT: "0", ...env, THROUGHLINE_DATA: data });
  let said = "";
  child.stderr?.on("data", (chunk) => (said += chunk));
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      const found = /Open {2}(http\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  let asked = false;
  child.once("exit", (code, signal) => {
    if (!asked) console.error(`A server ended by itself (${code ?? signal}):\n${said}`);
  });
  const url = new URL(link);
  const token = url.searchParams.get("token") ?? "";
  return {
    child,
    data,
    link,
    token,
    port: Number(url.port),
    base: url.origin,
    fetch: (path, init = {}) =>
      fetch(`${url.origin}${path}`, {
        redirect: "manual",
        ...init,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
      }),
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      asked = true;
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    },
  };
}

function spawnStart(env: Record<string, string>, args: string[] = []): ChildProcess {
  const { OPENAI_API_KEY: _key, THROUGHLINE_TOKEN: _token, HOST: _host, PORT: _port, ...rest } = process.env;
  const full = { ...rest, NODE_ENV: "production" as const, ...env };
  return spawn(process.execPath, [START, ...args], { env: full, stdio: ["ignore", "pipe", "pipe"] });
}

/** The browser of the tests; what its pages complain about is collected. */
export async function openBrowser(): Promise<{
  newPage(
    options?: Parameters<Browser["newContext"]>[0],
  ): Promise<{ page: Page; context: BrowserContext; complaints: string[] }>;
  close(): Promise<void>;
}> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: BROWSER_ARGS.split(" "),
  });
  return {
    async newPage(options = { viewport: { width: 1440, height: 900 } }) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      return { page, context, complaints };
    },
    close: () => browser.close(),
  };
}
