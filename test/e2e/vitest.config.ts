import { defineConfig } from "vitest/config";

/** Tests that start the real server as people do, and drive it with a real browser. One file at a time: they share two cores and one build. */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: {
    include: ["test/e2e/**/*.test.ts"],
    testTimeout: 90_000,
    // A busy machine can starve a browser for seconds; whoever develops sees the first failure, CI looks twice.
    retry: process.env.CI ? 1 : 0,
    hookTimeout: 180_000,
    pool: "forks",
    fileParallelism: false,
  },
});
