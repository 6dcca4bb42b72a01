import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NODES = fileURLToPath(new URL("../nodes/", import.meta.url));
const OWN = new Set(["index.ts"]);

const identifier = (file: string): string =>
  `${file.replace(/\.ts$/, "").replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Node`;

/** The text of nodes/index.ts for these file names: static imports, so that no name in a graph can ever become a path. */
export function nodeIndex(files: readonly string[]): string {
  const sorted = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !OWN.has(file)).sort();
  const imports = sorted.map((file) => `import ${identifier(file)} from "./${file}";`);
  const names = sorted.map((file) => `  ${identifier(file)},`);
  return [
    "// Written by `npm run gen` (bin/generate-node-index.ts) from the files of this folder. Do not edit.",
    'import type { AnyNode } from "#lib/sdk/index.ts";',
    ...imports,
    "",
    "/** Every node type there is, by name. */",
    "export const NODES: AnyNode[] = [",
    ...names,
    "];",
    "",
  ].join("\n");
}

/** Files of nodes/ as they are now. */
export const nodeFiles = (folder = NODES): string[] => readdirSync(folder);

/** Writes the index when it differs; tells whether it did. */
export function writeNodeIndex(folder = NODES): boolean {
  const target = join(folder, "index.ts");
  const text = nodeIndex(nodeFiles(folder));
  const before = nodeFiles(folder).includes("index.ts") ? readFileSync(target, "utf8") : undefined;
  if (before === text) return false;
  writeFileSync(target, text);
  return true;
}

if (import.meta.main) {
  console.log(writeNodeIndex() ? "nodes/index.ts written" : "nodes/index.ts is up to date");
}
