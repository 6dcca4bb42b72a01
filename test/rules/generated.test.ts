import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeIndex } from "../../bin/generate-node-index.ts";
import { graphSchema } from "../../bin/generate-schemas.ts";
import { ROOT } from "./source-files.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe("generated files are those that npm run gen would write", () => {
  test("public/graph.schema.json", () => {
    expect(read("public/graph.schema.json")).toBe(graphSchema());
  });

  test("nodes/index.ts", () => {
    expect(read("nodes/index.ts")).toBe(nodeIndex(readdirSync(join(ROOT, "nodes"))));
  });
});
