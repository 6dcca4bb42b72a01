import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

/** Three pictures archived under a name that comes from an input. */
const archived = (name: string) =>
  graph(
    [
      node("words", "text", { text: "a lamp" }),
      node("draw", "generate", { variants: 3 }),
      node("keep", "archive", { name }),
    ],
    [edge("words.text", "draw.prompt"), edge("draw.image", "keep.image")],
    { inputs: [{ key: "sku", type: "text" }] },
  );
const exported = async (sku: string, name = "{{sku}}") => {
  const { go, studio } = await openTestStudio(scriptedProvider().provider);
  const run = await go(archived(name), { inputs: { sku } });
  const folder = join(await mkdtemp(join(tmpdir(), "export-")), "out");
  const files = await studio.exportRun(run.runId, folder);
  const names = files.map((file) => file.slice(folder.length + 1));
  return { run, folder, files, names };
};

describe("the files of a run", () => {
  it.each(["../../../../etc/cron.d/x", "/etc/passwd", "..\\..\\x", "a/../../../../b", "\u202E../x", "~/.ssh/id"])(
    "NM-001 stay in the folder when a name is filled with %j",
    async (sku) => {
      const { files, folder, run } = await exported(sku, "{{sku}}/{{sku}}-{{item}}");
      expect(run.status).toBe("succeeded");
      expect(files.length).toBe(7);
      for (const file of files) expect(file.startsWith(folder + sep)).toBe(true);
      expect(await readdir(join(folder, ".."))).toEqual(["out"]);
    },
  );

  it("NM-011 are all kept when they come to the same name, and each record names its own file", async () => {
    const { names, folder } = await exported("hero");
    expect(names.sort()).toEqual([
      "hero-2.png",
      "hero-2.png.json",
      "hero-3.png",
      "hero-3.png.json",
      "hero.png",
      "hero.png.json",
      "run.json",
    ]);
    const assets = new Set<string>();
    for (const name of names.filter((one) => one.endsWith(".png.json"))) {
      const record = JSON.parse(await readFile(join(folder, name), "utf8")) as { file: string; asset: string };
      expect(`${record.file}.json`).toBe(name);
      assets.add(record.asset);
    }
    expect(assets.size).toBe(3);
  });

  it("leave the record of the run its own name, whatever pictures are called", async () => {
    const { names } = await exported("run");
    expect(new Set(names.map((name) => name.toLowerCase().normalize("NFC"))).size).toBe(7);
    expect(names).toContain("run.json");
  });
});
