import { describe, expect, test } from "vitest";
import { filesIn, type Import, importsOf, SOURCE_FILES } from "./source-files.ts";

/** `may`: repository paths (prefixes) and package names; `why` is printed with every violation. `not` wins over `may`. */
type Rule = { folder: string; except?: RegExp; may: (string | RegExp)[]; not?: RegExp[]; why: string };

const BROWSER = [
  "react",
  "react-dom",
  "@xyflow/react",
  "@dagrejs/dagre",
  "@tanstack/react-virtual",
  "zustand",
  "dexie",
  "lucide-react",
];
const PURE_BUILTINS = /^node:(crypto|path|util|events|async_hooks)$/;

/** Which packages each technology owns. A package that is not here belongs to no adapter. */
const ADAPTER_PACKAGES: Record<string, (string | RegExp)[]> = {
  c2pa: ["@contentauth/c2pa-wasm", /^node:/],
  cron: ["croner"],
  files: [/^node:/],
  openai: ["openai", "undici", /^node:/],
  s3: ["@aws-sdk/client-s3", /^node:/],
  sharp: ["sharp", /^node:/],
  simulator: ["sharp", /^node:/],
  sql: ["kysely", "pg", /^node:/],
  process: [/^node:/],
  psd: ["ag-psd", /^node:/],
  tesseract: [/^node:/],
  zip: ["yazl", "yauzl", /^node:/],
  "guarded-fetch": ["undici", "ipaddr.js", /^node:/],
};
const adapters = [...new Set(filesIn("lib/adapters").map(({ path }) => path.split("/")[2] ?? ""))].filter(
  (name) => !name.includes("."),
);

const RULES: Rule[] = [
  {
    folder: "lib/protocol",
    except: /^lib\/protocol\/table\//,
    may: ["lib/protocol/", "zod"],
    why: "these are the words everything else speaks: they know nothing but themselves",
  },
  {
    folder: "lib/protocol/table",
    may: ["lib/protocol/", "zod", "csv-parse", "csv-stringify"],
    why: "a table is read in the same way before it is sent and where it arrives: two pure packages with browser builds, nothing else",
  },
  {
    folder: "lib/sdk",
    may: ["lib/protocol/", "lib/sdk/", "zod"],
    why: "a node author needs one import, and it must run in a browser",
  },
  {
    folder: "nodes",
    except: /^nodes\/index\.ts$/,
    may: ["lib/sdk/", "zod"],
    why: "one file must run in a browser, a worker and a test: effects arrive in ctx, and nodes do not know each other",
  },
  {
    folder: "lib/engine",
    may: ["lib/protocol/", "lib/engine/"],
    why: "decisions must be repeatable by any worker: no clock, no I/O, no packages",
  },
  {
    folder: "lib/runtime",
    may: ["lib/engine/", "lib/sdk/", "lib/protocol/", "lib/runtime/", "zod", PURE_BUILTINS],
    why: "effects happen only through ports.ts, so that a test can hand in another world",
  },
  ...adapters.map((name) => ({
    folder: `lib/adapters/${name}`,
    may: [
      `lib/adapters/${name}/`,
      "zod",
      "lib/runtime/ports.ts",
      "lib/runtime/ports/",
      "lib/protocol/",
      "lib/sdk/image-tools.ts",
      ...(ADAPTER_PACKAGES[name] ?? []),
    ],
    why: "a technology is one folder to delete: it knows its port, its packages and no other adapter",
  })),
  {
    folder: "lib/client",
    may: ["lib/client/", "lib/protocol/", "lib/sdk/", "lib/engine/", "nodes/", "zod", ...BROWSER],
    why: "the editor decides nothing the server does not, and runs in a browser",
  },
  {
    folder: "lib/server",
    may: [/.*/],
    not: [/^app\//, /^lib\/client\//, /^lib\/cli\//],
    why: "the server knows no screen; only here and in the CLI may one say `new`",
  },
  { folder: "lib/cli", may: [/.*/], not: [/^app\//, /^lib\/client\//], why: "the CLI is the same engine without Next" },
  {
    folder: "app/api",
    may: ["app/api/", "lib/server/", "lib/protocol/", "next", "zod", PURE_BUILTINS],
    why: "a route parses, calls and presents; no rule of the product lives here",
  },
  {
    folder: "app",
    except: /^app\/api\//,
    may: ["app/", "lib/client/", "lib/protocol/", "lib/sdk/", "nodes/", "next", "zod", ...BROWSER],
    not: [/^app\/api\//],
    why: "screens draw: what they know of the product comes from lib/client, the protocol, the sdk and the nodes",
  },
];

const matches = (to: string, pattern: string | RegExp) =>
  typeof pattern === "string"
    ? pattern.includes("/") && !pattern.startsWith("@")
      ? to.startsWith(pattern)
      : to === pattern
    : pattern.test(to);

export const violations = (rule: Rule, files: readonly { path: string; imports: Import[] }[]): string[] =>
  files
    .filter(({ path }) => path.startsWith(`${rule.folder}/`) && !rule.except?.test(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => !rule.may.some((p) => matches(to, p)) || rule.not?.some((p) => matches(to, p)))
        .map(({ to }) => `${path} imports ${to} — not allowed, because ${rule.why}`),
    );

describe("who may import whom", () => {
  test.each(RULES)("$folder: $why", (rule) => {
    expect(violations(rule, SOURCE_FILES)).toEqual([]);
  });

  test("every folder of lib has a rule", () => {
    const free = filesIn("lib").filter(({ path }) => !RULES.some(({ folder }) => path.startsWith(`${folder}/`)));
    expect(free.map(({ path }) => path)).toEqual([]);
  });

  test("the rule sees static, type, side-effect, re-exported and dynamic imports", () => {
    const text =
      'import sharp from "sharp";\nimport type { A } from "#lib/server/env.ts";\nimport "./b.ts";\nexport * from "openai/x";\nconst c = await import("node:fs");\nimport {\n  d,\n} from "@a/b/c";';
    expect(importsOf("nodes/x.ts", text).map(({ to }) => to)).toEqual([
      "sharp",
      "lib/server/env.ts",
      "nodes/b.ts",
      "openai",
      "node:fs",
      "@a/b",
    ]);
    const rule = RULES.find(({ folder }) => folder === "nodes");
    expect(rule && violations(rule, [{ path: "nodes/x.ts", imports: importsOf("nodes/x.ts", text) }])).toHaveLength(6);
  });
});

test("no circle of imports", () => {
  const graph = new Map(
    SOURCE_FILES.map(({ path, imports }) => [path, imports.filter((i) => i.local && !i.typeOnly).map((i) => i.to)]),
  );
  const settled = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) circles.push([...trail.slice(at), path].join(" → "));
    if (at >= 0 || settled.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    settled.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(circles).toEqual([]);
});
