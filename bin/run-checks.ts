import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FEW_LINES = 300;
const MOST_LINES = 400;
const MEASURED = ["app", "bin", "lib", "nodes", "test"];
const GENERATED = new Set(["nodes/index.ts"]);
const LEFT_OUT = new Set(["node_modules", "fixtures"]);

/** Lines of every source file, by path below `root`. */
function fileLengths(root: string, folders: readonly string[]): { path: string; lines: number }[] {
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : walk(path);
      return /\.(ts|tsx|js|css)$/.test(entry.name) && !GENERATED.has(path) ? [path] : [];
    });
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap(walk)
    .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").split("\n").length - 1 }));
}

/** A file of one idea fits on a few screens: tells those over 300 lines, fails over 400. */
function checkFileLengths(): boolean {
  const lengths = fileLengths(ROOT, MEASURED).sort((a, b) => a.lines - b.lines);
  const at = (share: number) => lengths[Math.floor((lengths.length - 1) * share)]?.lines ?? 0;
  console.log(`${lengths.length} files, median ${at(0.5)} lines, 95th percentile ${at(0.95)}, longest ${at(1)}`);
  for (const { path, lines } of lengths.filter((file) => file.lines > FEW_LINES)) {
    console.log(
      `  ${path} has ${lines} lines${lines > MOST_LINES ? `: split it, ${MOST_LINES} are the most` : " (is there a second idea in it?)"}`,
    );
  }
  return lengths.every(({ lines }) => lines <= MOST_LINES);
}

const program = (script: string, ...args: string[]) => {
  const { status } = spawnSync(process.execPath, [join(ROOT, "node_modules", script), ...args], {
    cwd: ROOT,
    stdio: "inherit",
  });
  return status === 0;
};

const CHECKS: [title: string, check: () => boolean][] = [
  ["format and lint", () => program("@biomejs/biome/bin/biome", "check", "--error-on-warnings")],
  [
    "types",
    () =>
      (!existsSync(join(ROOT, "app")) || program("next/dist/bin/next", "typegen")) &&
      program("typescript/bin/tsc", "--noEmit", "-p", "."),
  ],
  ["dead code", () => program("knip/bin/knip.js", "--config", ".knip.json")],
  [
    "repository rules and generated files",
    () => program("vitest/vitest.mjs", "run", "--config", "test/vitest.config.ts", "--reporter=dot", "test/rules"),
  ],
  ["file lengths", checkFileLengths],
];

const failed = CHECKS.filter(([title, check]) => {
  console.log(`\n── ${title}`);
  const passed = check();
  console.log(passed ? `   ${title}: passed` : `   ${title}: FAILED`);
  return !passed;
});
console.log(failed.length === 0 ? "\nEvery check passed." : `\nFailed: ${failed.map(([title]) => title).join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
