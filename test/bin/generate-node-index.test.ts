import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeFiles, nodeIndex, writeNodeIndex } from "../../bin/generate-node-index.ts";

describe("the index of node files", () => {
  it("is fresh: `npm run gen` would change nothing", () => {
    const index = readFileSync(new URL("../../nodes/index.ts", import.meta.url), "utf8");
    expect(index).toBe(nodeIndex(nodeFiles()));
  });

  it("imports each file by a fixed path, sorted, and not itself", () => {
    const text = nodeIndex(["spec-sheet.ts", "index.ts", "README.md", "brief.ts"]);
    expect(text.match(/^import \w+ from .*/gm)).toEqual([
      'import briefNode from "./brief.ts";',
      'import specSheetNode from "./spec-sheet.ts";',
    ]);
    expect(text).toContain("export const NODES: AnyNode[] = [\n  briefNode,\n  specSheetNode,\n];");
  });

  it("gives words of the language a name that compiles", () => {
    expect(nodeIndex(["switch.ts"])).toContain('import switchNode from "./switch.ts";');
  });

  describe("written to a folder", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "nodes-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("is written once, then left alone until a file comes or goes", () => {
      writeFileSync(join(folder, "text.ts"), "");
      expect(writeNodeIndex(folder)).toBe(true);
      expect(writeNodeIndex(folder)).toBe(false);
      writeFileSync(join(folder, "note.ts"), "");
      expect(writeNodeIndex(folder)).toBe(true);
    });
  });
});
