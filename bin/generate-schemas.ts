import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { Graph } from "../lib/protocol/graph.ts";

const TARGET = fileURLToPath(new URL("../public/graph.schema.json", import.meta.url));

/** The JSON Schema (draft 2020-12) of a graph document as it may be written: what has a default may be left out. */
export function graphSchema(): string {
  const schema = z.toJSONSchema(Graph, { io: "input", unrepresentable: "any" });
  return `${JSON.stringify({ ...schema, title: "Throughline graph", $id: "https://throughline.invalid/graph.schema.json" }, null, 2)}\n`;
}

/** Writes public/graph.schema.json when it differs; tells whether it did. */
export function writeGraphSchema(target = TARGET): boolean {
  const text = graphSchema();
  if (existsSync(target) && readFileSync(target, "utf8") === text) return false;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  return true;
}

if (import.meta.main) console.log(`public/graph.schema.json ${writeGraphSchema() ? "written" : "is up to date"}`);
