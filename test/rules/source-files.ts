import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOURCE_FOLDERS = ["app", "bin", "lib", "nodes", "test"];
const LEFT_OUT = new Set(["node_modules", "fixtures", ".next"]);

export type SourceFile = { path: string; text: string; imports: Import[] };
/** `to`: a path in the repository, a package's name, or `node:…`. */
export type Import = { to: string; local: boolean; typeOnly: boolean };

const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Where an import written in `from` leads. */
export function resolveImport(from: string, specifier: string): Omit<Import, "typeOnly"> {
  if (specifier.startsWith(".")) return { to: posix.normalize(posix.join(dirname(from), specifier)), local: true };
  const alias = /^#(lib|nodes|test)\//.exec(specifier);
  if (alias) return { to: specifier.slice(1), local: true };
  return { to: specifier.startsWith("node:") ? specifier : packageOf(specifier), local: false };
}

/** Every import and re-export of a file. `import { type A }` counts as a value import, `import type` does not. */
export const importsOf = (path: string, text: string): Import[] =>
  [...text.matchAll(IMPORT)].map(([, typeOnly, stated, dynamic]) => ({
    ...resolveImport(path, stated ?? dynamic ?? ""),
    typeOnly: typeOnly !== undefined,
  }));

function* walk(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.(ts|tsx|js|mjs)$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield path;
  }
}

const present = new Set(readdirSync(ROOT));

/** All source files of the repository, with `/` in their paths. */
export const SOURCE_FILES: readonly SourceFile[] = SOURCE_FOLDERS.filter((folder) => present.has(folder))
  .flatMap((folder) => [...walk(join(ROOT, folder))])
  .map((file) => {
    const path = relative(ROOT, file).replaceAll("\\", "/");
    const text = readFileSync(file, "utf8");
    return { path, text, imports: importsOf(path, text) };
  });

export const filesIn = (...folders: string[]): SourceFile[] =>
  SOURCE_FILES.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)));
