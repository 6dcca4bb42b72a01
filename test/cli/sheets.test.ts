import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptedProvider } from "../runtime/scripted-provider.ts";
import { openTestStudio } from "../runtime/test-studio.ts";
import { runCli } from "./fake-studio.ts";

const cwd = mkdtempSync(join(tmpdir(), "cli-sheets-"));
let here: Awaited<ReturnType<typeof openTestStudio>>;
let there: Awaited<ReturnType<typeof openTestStudio>>;
beforeAll(async () => {
  here = await openTestStudio(scriptedProvider().provider);
  there = await openTestStudio(scriptedProvider().provider);
  const words = { tags: [], samples: [] };
  await here.studio.library.create({ ...words, name: "House", text: "House." });
  await here.studio.library.create({ ...words, name: "Alpine dawn", text: "Cold light.", extends: "house" });
});
afterAll(async () => {
  await here.studio.stop();
  await there.studio.stop();
});
// Commands stop the studio they opened; these are needed longer.
const cli = (args: string[], { studio } = here) =>
  runCli(["sheets", ...args], { cwd, studio: { ...studio, stop: async () => {} } });

describe("throughline sheets", () => {
  it("lists the library, whole or by words, and says when nothing fits", async () => {
    const all = await cli([]);
    expect(all.exitCode).toBe(0);
    expect(all.stdout).toMatch(/alpine-dawn@1 .*Alpine dawn/);
    expect((await cli(["list", "house"])).stdout).not.toContain("Cold");
    expect((await cli(["list", "nowhere"])).stdout).toBe("Nothing fits.\n");
    const { sheets } = JSON.parse((await cli(["list", "alpine", "--json"])).stdout) as { sheets: { id: string }[] };
    expect(sheets.map(({ id }) => id)).toEqual(["alpine-dawn"]);
  });

  it("shows the very words that are sent on stdout", async () => {
    const shown = await cli(["show", "alpine-dawn"]);
    expect(shown).toMatchObject({ exitCode: 0, stdout: "House.\n\nCold light.\n" });
    expect(shown.stderr).toContain("house@1");
    expect(JSON.parse((await cli(["show", "alpine-dawn@1", "--json"])).stdout)).toMatchObject({
      version: 1,
      versions: [{ version: 1 }],
    });
    expect(await cli(["show", "alpine-dawn@7"])).toMatchObject({ exitCode: 2 });
    expect(await cli(["show", "@"])).toMatchObject({ exitCode: 2 });
  });

  it("writes a sheet to a file that another library takes in", async () => {
    const { stdout, exitCode } = await cli(["export", "alpine-dawn", "--out", "shared"]);
    expect(exitCode).toBe(0);
    const file = stdout.trim();
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      sheet: { id: "alpine-dawn" },
      parents: [{ id: "house" }],
    });
    expect((await cli(["import", file], there)).stdout).toBe(
      "house@1 is in the library now.\nalpine-dawn@1 is in the library now.\n",
    );
    expect((await cli(["import", file], there)).stdout).toContain("was known already");
    const zip = await cli(["export", "alpine-dawn@1", "--out", "shared", "--as", "zip", "--json"]);
    const { files } = JSON.parse(zip.stdout) as { files: string[] };
    expect((await cli(["import", files[0] ?? ""], there)).exitCode).toBe(0);
    expect((await cli(["export", "alpine-dawn", "--out", "shared", "--as", "pdf"])).exitCode).toBe(2);
  });

  it("refuses what is no sheet, and stores nothing of it", async () => {
    writeFileSync(join(cwd, "bad.json"), '{"format":"throughline/graph"}');
    const refused = await cli(["import", "bad.json", "--json"]);
    expect(refused.exitCode).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: "invalid", problems: [{ code: "SCHEMA_UNKNOWN" }] });
    expect((await cli(["import", "nowhere.json"])).exitCode).toBe(2);
  });
});
