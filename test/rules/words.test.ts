import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesIn, ROOT, SOURCE_FILES, type SourceFile } from "./source-files.ts";

/** Lines of `files` that match, as `path:line text`. Comments count: what may not be said may not be said there either. */
const linesWith = (files: readonly SourceFile[], pattern: RegExp): string[] =>
  files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

/** Product code: what runs for a user, without the tests. */
const PRODUCT = filesIn("app", "bin", "lib", "nodes");
const code = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " ")).replace(/^\s*\/\/.*$/gm, "");
const withoutComments = (files: readonly SourceFile[]) => files.map((file) => ({ ...file, text: code(file.text) }));

const NODE_TYPES = readdirSync(join(ROOT, "nodes"))
  .filter((file) => file.endsWith(".ts") && file !== "index.ts")
  .map((file) => file.replace(/\.ts$/, ""));
/** Node types that are everyday words of code or of the web; in quotes they mean something else there. */
const EVERYDAY = new Set(["text", "number", "note", "mask", "prompt", "switch", "review", "edit", "pick", "markup"]);

describe("what source files may not say", () => {
  test("no engine or app file contains the name of a node type: a node type is a file, never a special case", () => {
    const names = NODE_TYPES.filter((name) => !EVERYDAY.has(name));
    expect(names.length).toBeGreaterThan(5);
    expect(linesWith(filesIn("lib/engine", "app"), new RegExp(`["'\`](${names.join("|")})["'\`]`))).toEqual([]);
  });

  test("only lib/server/env.ts reads process.env: one place checks every setting", () => {
    // The launchers hand the environment on to the program they start (and put its Node first in PATH) before any of our modules can be loaded.
    const free = /^(lib\/server\/env\.ts|bin\/[a-z-]+\.js)$/;
    const files = withoutComments(PRODUCT).filter(({ path }) => !free.test(path));
    expect(linesWith(files, /process\s*\.\s*env\b|process\[["']env/)).toEqual([]);
  });

  test("SF-017 nothing calls out to the network but the provider's adapter and the guarded fetch; only the server and the simulator listen", () => {
    const found = (free: RegExp, pattern: RegExp) =>
      linesWith(
        withoutComments(PRODUCT).filter(({ path }) => !free.test(path)),
        pattern,
      );
    const module = (names: string) => new RegExp(`(?:from|import|require)\\s*\\(?\\s*["'](?:${names})["']`);
    // lib/client calls its own server, from the browser. guarded-fetch is the one door to addresses that people name: it is the guard.
    const callers = /^(lib\/adapters\/(openai|guarded-fetch)\/|lib\/client\/|app\/(?!api\/))/;
    expect(
      found(callers, /(?:await|return|=|=>|[(,?:])\s*fetch\s*\(|(?<!typeof )globalThis\.fetch|new WebSocket\(/),
    ).toEqual([]);
    expect(found(callers, module("undici|axios|got|node-fetch|ky|superagent"))).toEqual([]);
    const listeners = /^(lib\/server\/|lib\/adapters\/simulator\/|bin\/start\.js)/;
    expect(found(listeners, module("(?:node:)?(?:https?|http2|net|tls|dgram)"))).toEqual([]);
  });

  test("NX-002 no Server Actions: the product uses route handlers only", () => {
    expect(linesWith(PRODUCT, /["']use server["']/)).toEqual([]);
  });

  test("no code is made from text", () => {
    expect(
      linesWith(withoutComments(PRODUCT), /\beval\s*\(|new Function\s*\(|["']node:vm["']|child_process["'].*\bexec\b/),
    ).toEqual([]);
  });

  test("no module mocks: a test hands in a port instead", () => {
    expect(
      linesWith(
        filesIn("test").filter(({ path }) => !path.startsWith("test/rules/")),
        /\bvi\.(mock|doMock|hoisted)\(/,
      ),
    ).toEqual([]);
  });

  test("no test is skipped, left alone or promised", () => {
    const found = linesWith(
      filesIn("test").filter(({ path }) => !path.startsWith("test/rules/")),
      /\b(test|it|describe)\.(only|todo|skip)\b/,
    );
    expect(found).toEqual([]);
  });
});

describe("how files are called", () => {
  test("names are kebab-case and say what the file decides or does", () => {
    // Next.js gives meaning to names in brackets and parentheses and to a leading underscore; vitest to its endings.
    const named = /^(\[{1,2}(\.\.\.)?[a-z][A-Za-z]*\]{1,2}|\([a-z-]+\)|[@_]?[a-z0-9]+(-[a-z0-9]+)*)$/;
    const odd = SOURCE_FILES.map(({ path }) => path).filter((path) =>
      path
        .split("/")
        .some((part) => !named.test(part.replace(/(\.(property\.test|test|config|server))?\.(ts|tsx|js|mjs)$/, ""))),
    );
    expect(odd).toEqual([]);
  });

  test("nothing is called utils, helpers, manager, common or misc", () => {
    const vague = /(^|[/-])(utils?|helpers?|managers?|common|misc)([-./]|$)/;
    expect(SOURCE_FILES.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
  });

  test("the top level holds only what the layout names", () => {
    const allowed = new Set([
      "package.json",
      "package-lock.json",
      "next.config.js",
      "tsconfig.json",
      "next-env.d.ts",
      "app",
      "lib",
      "nodes",
      "public",
      "test",
      "docs",
      "bin",
      "node_modules",
      "out",
      "data",
      "README.md",
      "CONTRIBUTING.md",
      "AGENTS.md",
      "CHANGELOG.md",
      "LICENSE",
    ]);
    const extra = readdirSync(ROOT).filter(
      (name) => !name.startsWith(".") && !name.endsWith(".tsbuildinfo") && !allowed.has(name),
    );
    expect(extra).toEqual([]);
  });
});
