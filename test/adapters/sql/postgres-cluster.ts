import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** Where the server's programs lie: Debian keeps them apart from the path. */
function programs(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))));
}

const idOf = (kind: "-u" | "-g"): number | undefined => {
  try {
    return Number(execFileSync("id", [kind, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return undefined;
  }
};

/** PostgreSQL refuses to run as root, so root lends it the account that its package made. */
const account = (): { uid?: number; gid?: number } | undefined => {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = [idOf("-u"), idOf("-g")];
  return uid && gid ? { uid, gid } : undefined;
};

/** Why no server can be started here; undefined when one can. */
export const noPostgres: string | undefined =
  process.platform === "win32" || !programs()
    ? "PostgreSQL is not installed"
    : account() === undefined
      ? "PostgreSQL does not run as root, and there is no user postgres"
      : undefined;

/** For the name of what is left out then. */
export const whyNot = noPostgres ? ` (left out: ${noPostgres})` : "";

export type Cluster = {
  /** The address of an empty database of its own. */
  database(name: string): Promise<string>;
  query(name: string, text: string): Promise<Record<string, unknown>[]>;
  /** Ends the server at once, as a crash would. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes all it stored. */
  discard(): Promise<void>;
};

const PASSWORD = "canary-of-the-database";

/** A throw-away server on a free port of this machine, which writes to no disk in earnest. */
export async function startCluster(): Promise<Cluster> {
  const bin = programs();
  const as = account();
  if (!bin || !as) throw new Error(noPostgres);
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  if (as.uid && as.gid) chownSync(folder, as.uid, as.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const own = { ...as, cwd: folder, stdio: "ignore" as const };
  const initdb = ["-D", data, "-U", "studio", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-A", "trust"];
  const [code] = (await once(spawn(join(bin, "initdb"), initdb, own), "exit")) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}.`);
  const port = await freePort();
  const settings = ["fsync=off", "full_page_writes=off", "unix_socket_directories=", "listen_addresses=127.0.0.1"];
  let server: ReturnType<typeof spawn> | undefined;
  const url = (name: string) => `postgres://studio:${PASSWORD}@127.0.0.1:${port}/${name}`;
  const query = async (name: string, text: string) => {
    const client = new Client({ connectionString: url(name) });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const over = once(server, "exit");
    server.kill(signal);
    await over;
  };
  const start = async () => {
    server = spawn(
      join(bin, "postgres"),
      ["-D", data, "-p", String(port), ...settings.flatMap((one) => ["-c", one])],
      own,
    );
    for (let tries = 0; ; tries += 1)
      try {
        return void (await query("postgres", "select 1"));
      } catch (error) {
        if (tries > 200) throw error;
        await new Promise((again) => setTimeout(again, 50));
      }
  };
  await start();
  return {
    query,
    start,
    crash: () => end("SIGQUIT"),
    async database(name) {
      await query("postgres", `create database ${name}`);
      return url(name);
    },
    async discard() {
      await end("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
