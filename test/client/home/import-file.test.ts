import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { graphInFile } from "#lib/client/home/import-file.ts";

const file = (name: string, text: string | Uint8Array<ArrayBuffer>) => new File([text], name);

describe("a file that is opened", () => {
  it("gives its graph, whatever it is called", async () => {
    const demo = await readFile(new URL("../../../public/graphs/demo.json", import.meta.url), "utf8");
    expect((await graphInFile(file("demo.txt", demo))).id).toBe("skarn-launch");
  });

  it.each([
    ["list.json", "[1, 2]"],
    ["words.json", "hello"],
    ["cut.json", '{"nodes": ['],
    ["other.json", '{"format": "somebody/else", "nodes": []}'],
    ["clip.json", '{"format": "throughline/clip", "version": 1, "nodes": [], "edges": []}'],
  ])("%s is refused by name, with the reason", async (name, text) => {
    await expect(graphInFile(file(name, text))).rejects.toThrow(`“${name}” holds no graph that can be opened.`);
  });

  it("a picture without a graph says so", async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    await expect(graphInFile(file("a.png", png))).rejects.toThrow("carries no graph");
  });
});
