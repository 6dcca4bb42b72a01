import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newNode, newNodeSource } from "../../bin/new-node.ts";
import template from "../../bin/node-template.ts";

describe("a new node", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nodes-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is a file of its own, named like its type, and stands in the index", () => {
    const file = newNode("soft-focus", folder);
    expect(file).toBe(join(folder, "soft-focus.ts"));
    const source = readFileSync(file, "utf8");
    expect(source).toContain('type: "soft-focus"');
    expect(source).toContain('title: "Soft focus"');
    expect(source).not.toContain("node-template");
    expect(readFileSync(join(folder, "index.ts"), "utf8")).toContain('import softFocusNode from "./soft-focus.ts";');
  });

  it("starts with one example that fails", async () => {
    expect(template.examples).toHaveLength(1);
    const [example] = template.examples;
    const config = template.config.parse(example?.config ?? {});
    const given = await template.run({} as never, example?.inputs as never, config);
    expect(given).not.toEqual(example?.gives);
  });

  it("never writes over a node that is there", () => {
    writeFileSync(join(folder, "text.ts"), "mine");
    expect(() => newNode("text", folder)).toThrow("nodes/text.ts is there already.");
    expect(readFileSync(join(folder, "text.ts"), "utf8")).toBe("mine");
  });

  it.each(["", "Soft", "soft focus", "../evil", "soft--focus", "-soft", "1soft", "index", "constructor", "a/b", "a.b"])(
    'refuses "%s" as a name',
    (name) => {
      expect(() => newNode(name, folder)).toThrow("cannot be a node's name");
    },
  );

  it("differs from the template in type and title only", () => {
    const changed = newNodeSource("soft-focus").split("\n");
    const original = newNodeSource("node-template").split("\n");
    const lines = changed.filter((line, index) => line !== original[index]);
    expect(lines.map((line) => line.trim())).toEqual(['type: "soft-focus",', 'title: "Soft focus",']);
  });
});
