import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeNodeIndex } from "./generate-node-index.ts";

const NODES = fileURLToPath(new URL("../nodes/", import.meta.url));
const TEMPLATE = fileURLToPath(new URL("./node-template.ts", import.meta.url));
/** The template is a node of its own, type-checked like one; these two words are what a new node replaces. */
const TEMPLATE_TYPE = "node-template";
const TEMPLATE_TITLE = "Node template";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const RESERVED = new Set(["index", "constructor", "prototype"]);

const titleOf = (name: string): string => name[0]?.toUpperCase() + name.slice(1).replaceAll("-", " ");

/** The file of a new node type: the template under its name. */
export const newNodeSource = (name: string, template = readFileSync(TEMPLATE, "utf8")): string =>
  template.replaceAll(`"${TEMPLATE_TYPE}"`, `"${name}"`).replaceAll(`"${TEMPLATE_TITLE}"`, `"${titleOf(name)}"`);

/** Why a node cannot be called that, or undefined. */
export function nameFault(name: string, folder = NODES): string | undefined {
  if (!NAME.test(name) || RESERVED.has(name)) {
    return `"${name}" cannot be a node's name: use small letters, digits and single hyphens, like soft-focus.`;
  }
  if (existsSync(join(folder, `${name}.ts`))) return `nodes/${name}.ts is there already.`;
  return undefined;
}

/** Writes nodes/NAME.ts and the index; returns the path of the new file. Throws with a sentence for people. */
export function newNode(name: string, folder = NODES): string {
  const fault = nameFault(name, folder);
  if (fault) throw new Error(fault);
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, newNodeSource(name), { flag: "wx" });
  writeNodeIndex(folder);
  return file;
}

if (import.meta.main) {
  const name = process.argv[2] ?? "";
  try {
    const file = relative(process.cwd(), newNode(name));
    console.log(
      [
        `${file} written, nodes/index.ts brought up to date.`,
        "",
        "Next: say in its example what it should give, then write `run` until this passes:",
        `  npx vitest run --config test/vitest.config.ts test/nodes/examples.test.ts -t ${name}`,
      ].join("\n"),
    );
  } catch (error) {
    console.error(name ? (error as Error).message : "Say what the node is called: npm run new:node soft-focus");
    process.exitCode = 2;
  }
}
