import { describe, expect, it } from "vitest";
import type { ExportManifest } from "#lib/protocol/exports.ts";
import type { Exports } from "#lib/runtime/exports/exports-api.ts";
import { runCli } from "./fake-studio.ts";

const manifest: ExportManifest = {
  format: "throughline/export",
  version: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  as: "png",
  files: [
    {
      name: "hero.png",
      sha256: "a",
      bytes: 1,
      mediaType: "image/png",
      credentials: { state: "signed-test", says: "Re-signed with a local test certificate: others will not trust it." },
    },
  ],
  missing: [],
};

/** A studio that only writes exports, and remembers what it was asked. */
function writing(more: Partial<ExportManifest> = {}) {
  const asked: Parameters<Exports["toFolder"]>[] = [];
  const exports = {
    toFolder: async (...given: Parameters<Exports["toFolder"]>) => {
      asked.push(given);
      return { files: ["/out/hero.png", "/out/manifest.json"], manifest: { ...manifest, ...more } };
    },
  } as unknown as Exports;
  return { asked, studio: { exports } };
}

describe("export --as a picture format", () => {
  it("writes a run's final pictures or an entry as asked, and says what became of the credentials", async () => {
    const { asked, studio } = writing();
    const words = "--as png --out there --size 512 --credentials sign --with-graph --no-metadata".split(" ");
    const run = await runCli(["export", "run_1", ...words], { studio, cwd: "/work" });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stdout).toBe("/out/hero.png\n/out/manifest.json\n");
    expect(run.stderr).toContain("others will not trust it");
    expect(asked[0]).toEqual([
      { entries: [], pictures: [], run: "run_1" },
      { as: "png", size: 512, quality: 90, credentials: "sign", metadata: false, graph: true },
      "/work/there",
    ]);
    await runCli(["export", "entry_1", "--as", "original", "--out", "x"], { studio });
    await runCli(["export", "--entry", "entry_2", "--as", "psd", "--out", "x"], { studio });
    expect(asked.slice(1).map(([what, { as }]) => [what.entries, as])).toEqual([
      [["entry_1"], "original"],
      [["entry_2"], "psd"],
    ]);
  });

  it("with --json prints the files and the manifest, and ends with 1 when something was not written", async () => {
    const missing = [{ what: "entry_1", code: "SECRET_IN_EXPORT", message: "The title holds a key." }];
    const { studio } = writing({ missing });
    const run = await runCli(["export", "entry_1", "--as", "webp", "--out", "x", "--json"], { studio });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      files: ["/out/hero.png", "/out/manifest.json"],
      manifest: { missing },
    });
    expect(run.stderr).toContain("The title holds a key.");
  });

  it("is wrong use without a folder, with two names, and with numbers out of range", async () => {
    const { studio, asked } = writing();
    for (const words of [
      ["run_1", "--as", "png"],
      ["run_1", "--as", "png", "--out", "x", "--entry", "entry_1"],
      ["run_1", "--as", "png", "--out", "x", "--size", "8"],
      ["run_1", "--as", "png", "--out", "x", "--size", "99999"],
      ["run_1", "--as", "jpeg", "--out", "x", "--quality", "101"],
      ["run_1", "--as", "png", "--out", "x", "--credentials", "forge"],
    ])
      expect((await runCli(["export", ...words], { studio })).exitCode, words.join(" ")).toBe(2);
    expect(asked).toEqual([]);
  });
});
