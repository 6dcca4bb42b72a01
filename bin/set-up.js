// Plain JavaScript for the machine's own Node (20 or newer): this runs before the dependencies, and with them the product's Node, are there.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const LEAST_NODE = [24, 15];
const BUILD_STAMP = join(root, ".next", "throughline-sources");
/** What the pages are made from. The server's own code is not built: it runs as it stands. */
const PAGE_SOURCES = [
  "app",
  "lib/client",
  "lib/protocol",
  "lib/sdk",
  "lib/engine",
  "nodes",
  "package-lock.json",
  "next.config.js",
  ".postcssrc.json",
  "tsconfig.json",
];

/**
 * Makes the checkout ready: installs from the lockfile when node_modules does not hold what it names and, with `build`, builds the pages
 * when their sources changed. Says on stderr what it does. Rejects with a sentence for people.
 * @param {{ build?: boolean }} [options]
 */
export async function ensureReady({ build = false } = {}) {
  if (!dependenciesMatch()) {
    say("Installing dependencies from package-lock.json (about a minute, once) …");
    // Said outright, because NODE_ENV=production and people's own npm settings would leave some out.
    await npm(["ci", "--include=dev", "--include=optional", "--include=peer", "--no-audit", "--no-fund"]);
    if (!dependenciesMatch())
      throw new Error("npm ci ended, but node_modules does not hold what package-lock.json names.");
  }
  if (build && !buildMatches()) {
    say("Building the pages …");
    const started = Date.now();
    await command(productNode(), [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: "production",
    });
    writeFileSync(BUILD_STAMP, sourcesHash());
    say(`Pages built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  }
}

/** The Node that came with the dependencies, or the running one when it is new enough and the other is not there. */
export function productNode() {
  const { platform, arch } = process;
  const names = [`node-${platform === "win32" ? "win" : platform}-${arch}`, `node-bin-${platform}-${arch}`];
  for (const name of names) {
    const file = join(root, "node_modules", name, "bin", platform === "win32" ? "node.exe" : "node");
    if (existsSync(file)) return file;
  }
  if (runsTheProduct()) return process.execPath;
  throw new Error(
    `Throughline needs Node ${LEAST_NODE.join(".")} or newer on ${platform}-${arch}; this is ${process.version}.`,
  );
}

/** True when the running Node is new enough for the product. */
export function runsTheProduct() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}

/**
 * Goes on in the product's Node: true in the process that should do the work; otherwise a child does it and this process only passes
 * signals on and ends with the child's code. Call it after `ensureReady`.
 */
export async function inProductNode() {
  stopWithNpm();
  if (runsTheProduct()) {
    // The launcher was killed: nobody would ever stop this process again.
    if (process.env.THROUGHLINE_LAUNCHED && process.connected) {
      process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
    }
    return true;
  }
  const child = spawn(productNode(), process.argv.slice(1), {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, THROUGHLINE_LAUNCHED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (...end) => resolve(end));
  });
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  return false;
}

/**
 * npm runs a script in a shell and passes a signal to that shell alone, which ends without telling us; killed at once, it tells not even the
 * shell. A script of npm whose shell or whose npm is gone was stopped by someone, so it stops too, the same way.
 */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event || process.env.THROUGHLINE_LAUNCHED || process.platform === "win32") return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, "SIGTERM");
    else if (parentOf(shell) !== npm) process.kill(process.pid, "SIGKILL");
  }, 250).unref();
}

/** The parent of a process where the system tells it (Linux); the second field of its stat may hold anything in brackets. */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1)?.trim().split(" ")[1];
  } catch {
    return undefined;
  }
}

function dependenciesMatch() {
  const wanted = readJson(join(root, "package-lock.json"))?.packages;
  const present = readJson(join(root, "node_modules", ".package-lock.json"))?.packages;
  if (!wanted || !present) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.link) continue;
    const there = present[path];
    if (there ? there.version !== entry.version : !entry.optional) return false;
  }
  return existsSync(join(root, "node_modules", "next", "package.json"));
}

function buildMatches() {
  try {
    return existsSync(join(root, ".next", "BUILD_ID")) && readFileSync(BUILD_STAMP, "utf8") === sourcesHash();
  } catch {
    return false;
  }
}

function sourcesHash() {
  const hash = createHash("sha256");
  for (const source of PAGE_SOURCES) hashInto(hash, source);
  return hash.digest("hex");
}

function hashInto(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  let names;
  try {
    names = readdirSync(full).sort();
  } catch (error) {
    if (error.code !== "ENOTDIR") throw error;
    hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
    return;
  }
  for (const name of names) hashInto(hash, `${path}/${name}`);
}

function npm(args) {
  // npm tells its children where it is; asked directly it is `npm`, on Windows a script that needs a shell.
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own)) return command(process.execPath, [own, ...args]);
  return command("npm", args, {}, process.platform === "win32");
}

function command(file, args, env = {}, shell = false) {
  return new Promise((resolve, reject) => {
    // Standard output belongs to whoever called; progress goes to standard error.
    const child = spawn(file, args, { cwd: root, stdio: ["ignore", 2, 2], env: { ...process.env, ...env }, shell });
    child.once("error", (error) => reject(new Error(`${file} could not be started: ${error.message}`)));
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${[file, ...args].join(" ")} ended with code ${code}.`)),
    );
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
