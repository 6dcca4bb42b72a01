import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { filesIn, ROOT } from "./source-files.ts";

const nextConfig: Record<string, unknown> = (await import(join(ROOT, "next.config.js"))).default;
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const findings = (pattern: RegExp, ...folders: string[]) =>
  filesIn(...folders).flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

/** Names of all settings of a node type, however deep. */
function settingNames(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(settingNames)];
}

describe("what the product does not have, so that nobody can abuse it", () => {
  test("NX-005 pages are served as they are: nothing is rewritten, redirected or proxied elsewhere", () => {
    const known = [
      "allowedDevOrigins",
      "compress",
      "devIndicators",
      "experimental",
      "images",
      "poweredByHeader",
      "reactStrictMode",
      "turbopack",
      "typescript",
    ];
    expect(Object.keys(nextConfig).sort()).toEqual(known);
    expect(nextConfig.experimental).toEqual({ reactDebugChannel: false });
    expect(nextConfig).toMatchObject({ poweredByHeader: false, images: { unoptimized: true } });
    const files = readdirSync(ROOT).concat(readdirSync(join(ROOT, "app")));
    expect(files.filter((name) => /^(middleware|proxy)\.(ts|js)$/.test(name))).toEqual([]);
  });

  test("NX-006 no script and no page of the documentation serves with the development server", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const { dev: _forOurselves, ...others } = scripts;
    for (const script of Object.values(others)) expect(script).not.toMatch(/next (dev|start)|--dev/);
    for (const page of ["README.md", "CONTRIBUTING.md", "AGENTS.md"]) expect(read(page)).not.toMatch(/next dev/);
  });

  test("NX-012 a new dependency waits a week: the rule stands where people add one", () => {
    expect(read("CONTRIBUTING.md")).toContain("--min-release-age=7");
  });

  test("EX-011 no pattern is made from what people write: nothing can run for ever", () => {
    // The simulator's one pattern is made of a number.
    const made = findings(/new RegExp\(|\bRegExp\(/, "app", "lib", "nodes");
    expect(made.filter((line) => !line.startsWith("lib/adapters/simulator/responses/conversation.ts"))).toEqual([]);
    const named = createRegistry(NODES)
      .nodeInfo()
      .flatMap(({ type, config }) => settingNames(config).map((name) => `${type}.${name}`));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => /regex|pattern/i.test(name))).toEqual([]);
  });

  test("GR-019 SC-001 no setting of any node can name or hold a credential", () => {
    const named = createRegistry(NODES)
      .nodeInfo()
      .flatMap(({ type, config }) => settingNames(config).map((name) => `${type}.${name}`));
    const telling = named.filter((name) => /secret|token(?!s$)|password|credential|api_?key|auth|header/i.test(name));
    // How many tokens a turn took is a count. A name of what lies on the server: test/nodes/webhook.test.ts holds that nothing else fits in there.
    expect(telling.filter((name) => name !== "webhook.secret")).toEqual([]);
  });

  test("SC-006 the browser asks for keys and secrets under Settings alone, sends them once and never keeps it", () => {
    expect(findings(/apiKey/, "app", "lib/client")).toEqual([]);
    const asks = findings(/type="password"/, "app", "lib/client");
    expect(asks.filter((line) => !/^app\/\(pages\)\/settings\/(key|secrets)-form\.tsx/.test(line))).toEqual([]);
    const keeps = findings(/localStorage|sessionStorage|document\.cookie/, "app", "lib/client");
    expect(keeps.filter((line) => !/^(lib\/client\/remembered\.ts|app\/layout\.tsx)/.test(line))).toEqual([]);
  });

  test("SC-012 nothing reports home: no telemetry package is installed and Next's is off", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, unknown> };
    const reporters =
      /node_modules\/(@sentry|@opentelemetry\/exporter|posthog|@segment|mixpanel|@datadog|newrelic|analytics|update-notifier)/;
    expect(Object.keys(packages).filter((path) => reporters.test(path))).toEqual([]);
    expect(read("bin/start.js")).toContain('NEXT_TELEMETRY_DISABLED = "1"');
  });
});
