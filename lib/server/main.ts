import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NODES } from "#nodes/index.ts";
import { createRegistry } from "../sdk/registry.ts";
import { createApi } from "./api.ts";
import { createAuth } from "./auth.ts";
import { lockDataFolder } from "./data-lock.ts";
import { doorsOf } from "./doors.ts";
import { bindProblems, type Env, readEnv, WrongSettings } from "./env.ts";
import { createFileLinks } from "./file-links.ts";
import { createFront, type House } from "./front.ts";
import { createGuests } from "./guests.ts";
import { createLog, type Log } from "./log.ts";
import { masterKey } from "./master-key.ts";
import { createReviewLinks } from "./review-links.ts";
import { createRoutes } from "./routes.ts";
import { createSessions } from "./sessions.ts";
import { createSettingsDesk } from "./settings-desk.ts";
import { openSettings } from "./stored-settings.ts";

/** In the studio the simulator takes its time, so that a picture can be seen sharpening as a real one does. */
const SIMULATED_DRAWING_MS = 1500;

const root = fileURLToPath(new URL("../..", import.meta.url));
/** After this long a stop no longer waits for anybody (ms). */
const STOP_MS = 10_000;

/** The settings of a server, checked. Throws WrongSettings with a sentence per wrong one. */
export function settings(): Env {
  const env = readEnv();
  const problems = bindProblems(env);
  if (problems.length > 0) throw new WrongSettings(problems);
  return env;
}

/** Serves the studio until a signal stops it. Prints the address to open on standard output. Throws before it listens, never after. */
export async function serve(env: Env, { dev = false }: { dev?: boolean } = {}): Promise<void> {
  const log = createLog(env);
  const unlock = lockDataFolder(env.dataDir);
  // Loaded only now: a wrong setting or a taken folder is told before the adapters are.
  const book = openSettings(env);
  const [{ openStudio }, pages] = await Promise.all([import("./wire.ts"), preparePages(dev)]);
  const open = () => openStudio(book.env(), { simulatorLatencyMs: SIMULATED_DRAWING_MS });
  let studio = await open();
  const registry = createRegistry(NODES);
  const launchToken = randomBytes(32).toString("base64url");
  const version = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;
  const onError = (error: unknown, requestId: string) => log.error("A request failed.", error, { requestId });

  let house: House;
  const server = createFront(() => house);
  if (dev) server.removeAllListeners("upgrade");
  await listen(server, env, (port) => {
    const doors = doorsOf(port, env.publicUrl);
    const auth = createAuth({
      tokens: [launchToken, ...(env.token === undefined ? [] : [env.token])],
      sessions: createSessions({ file: join(env.dataDir, "sessions.json"), token: env.token, now: Date.now }),
      port,
      https: env.publicUrl?.protocol === "https:",
    });
    const settings = createSettingsDesk({ book, env, version, studio: () => studio, reopen: () => reopen() });
    const build = (): House => {
      const links = createReviewLinks({ studio, masterKey: (make) => masterKey(env, make), now: Date.now });
      const guests = createGuests({ links, port, https: env.publicUrl?.protocol === "https:" });
      const nodes = () => registry.nodeInfo();
      const files = createFileLinks({ masterKey: (make) => masterKey(env, make), now: Date.now });
      const routes = createRoutes({ studio, auth, version, settings, links, files, publicUrl: env.publicUrl, nodes });
      const api = createApi({ routes, auth, doors, onError });
      return { doors, auth, guests, onError, dev, pages: pages.handle, api };
    };
    // One after the other: two changes at once would each close the other's studio.
    let last: Promise<void> = Promise.resolve();
    const reopen = (): Promise<void> => {
      const next = last.then(async () => {
        const before = studio;
        studio = await open();
        house = build();
        // What is running keeps its ids and is taken up again by the new one.
        await before.stop();
        studio.startWorker();
      });
      last = next.catch(() => {});
      return next;
    };
    house = build();
    if (dev) {
      server.on("upgrade", (req, socket, head) => {
        const welcome = doors.knows(req.headers.host) && auth.identify(req.headers);
        return welcome ? pages.upgrade(req, socket, head) : socket.destroy();
      });
    }
  });
  studio.startWorker();
  announce(env, (server.address() as AddressInfo).port, launchToken, studio.simulated);
  onStop(log, async () => {
    server.close();
    server.closeAllConnections();
    await studio.stop();
    unlock();
  });
}

function listen(server: Server, env: Env, ready: (port: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `Port ${env.port} on ${env.host} is taken. Stop what uses it, or choose another with PORT=3001 npm start.`,
            )
          : error,
      ),
    );
    server.listen(env.port, env.host, () => {
      ready((server.address() as AddressInfo).port);
      resolve();
    });
  });
}

type Upgrade = (req: IncomingMessage, socket: import("node:stream").Duplex, head: Buffer) => void;

async function preparePages(dev: boolean): Promise<{ handle: House["pages"]; upgrade: Upgrade }> {
  const { default: next } = await import("next");
  // Next attaches its upgrade listener to the server it is given: one that never listens keeps it away from ours, and is told what we let in.
  const silent = createServer();
  const app = next({ dev, dir: root, httpServer: silent, quiet: true });
  await app.prepare();
  const handler = app.getRequestHandler();
  return {
    handle: (req: IncomingMessage, res: ServerResponse) => handler(req, res),
    upgrade: (req, socket, head) => void silent.emit("upgrade", req, socket, head),
  };
}

function announce(env: Env, port: number, token: string, simulated: boolean): void {
  const shown = env.host.includes(":") ? `[${env.host}]` : env.host;
  const base = env.publicUrl?.origin ?? `http://${shown}:${port}`;
  const provider = simulated
    ? "No OPENAI_API_KEY is set: the simulator draws, nothing is paid, every picture says so."
    : "An OpenAI key is set: runs are paid for.";
  process.stdout.write(
    `\n  Throughline is ready.\n  ${provider}\n  Data: ${env.dataDir}\n\n  Open  ${base}/?token=${token}\n\n`,
  );
}

function onStop(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const end = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info("Stopping.", { signal });
    setTimeout(() => process.exit(1), STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        log.error("Stopping failed.", error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(signal));
  // Runs are kept right by the journal, so one stray error of one request or node need not take everything down.
  process.on("unhandledRejection", (error) => log.error("An error nobody waited for.", error));
  process.on("uncaughtException", (error) => log.error("An error nobody caught.", error));
}
