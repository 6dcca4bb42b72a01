// npm test: sets up, then runs every test a developer should see pass; arguments go to vitest. Ends with one line: N passed, N failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ensureReady, productNode, root } from "./set-up.js";

const given = process.argv.slice(2);
const SUITES = [
  { name: "unit and integration", config: "test/vitest.config.ts" },
  { name: "end to end, in a browser", config: "test/e2e/vitest.config.ts", build: true },
].filter(({ config }, index) => existsSync(join(root, config)) && (index === 0 || given.length === 0));

/** Runs one suite where its output can be seen and gives its counts. A file that cannot be loaded fails the suite without failing a test. */
function run(suite, node) {
  if (SUITES.length > 1) console.log(`\n── ${suite.name}`);
  const results = join(root, "out", "test", `${suite.config.replaceAll("/", "-")}.json`);
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { status } = spawnSync(
    node,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", suite.config, ...reporters, ...given],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` },
    },
  );
  const counts = existsSync(results)
    ? JSON.parse(readFileSync(results, "utf8"))
    : { numPassedTests: 0, numFailedTests: 0 };
  return { passed: counts.numPassedTests, failed: Math.max(counts.numFailedTests, status === 0 ? 0 : 1) };
}

try {
  await ensureReady({ build: SUITES.some(({ build }) => build) });
  const node = productNode();
  const counts = SUITES.map((suite) => run(suite, node));
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
