import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Total ms of one chain of `length` steps. */
type Chain = (length: number, salt: string) => Promise<number>;
export type Peers = { langgraphChain: Chain; reteChain: Chain; versions: string };

const HERE = fileURLToPath(new URL("peers/", import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));

/** The engines we are measured against, installed from their own lockfile when they are not there: they are no part of the product. */
export async function loadPeers(say: (text: string) => void): Promise<Peers> {
  const wanted: Record<string, string> = read(join(HERE, "package.json")).dependencies;
  const manifest = (name: string) => join(HERE, "node_modules", name, "package.json");
  const present = Object.entries(wanted).every(
    ([name, version]) => existsSync(manifest(name)) && read(manifest(name)).version === version,
  );
  if (!present) {
    say("installing what we are measured against, into test/bench/peers/node_modules (once) …");
    const { status } = spawnSync("npm", ["ci"], {
      cwd: HERE,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    if (status !== 0)
      throw new Error("npm ci in test/bench/peers did not work; without it nothing can be put beside our figures.");
  }
  // By address, so that nobody looks for these packages' types where they are not installed.
  const load = (file: string) => import(new URL(`peers/${file}`, import.meta.url).href);
  const [{ langgraphChain }, { reteChain }] = await Promise.all([load("langgraph.js"), load("rete.js")]);
  const versions = ["@langchain/langgraph", "rete-engine"].map((name) => `${name} ${wanted[name]}`).join(", ");
  return { langgraphChain, reteChain, versions };
}
