import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scriptedProvider } from "#test/runtime/scripted-provider.ts";
import { graph, node, openTestStudio } from "#test/runtime/test-studio.ts";
import { runCli } from "./fake-studio.ts";

async function world() {
  const { studio } = await openTestStudio(scriptedProvider().provider);
  const cwd = mkdtempSync(join(tmpdir(), "cli-templates-"));
  const words = (text: string) =>
    graph([node("words", "prompt", { text: `{{product}} ${text}` })], [], {
      id: "poster",
      name: "Poster",
      inputs: [{ key: "product", type: "text", required: true }],
    });
  writeFileSync(join(cwd, "poster.json"), JSON.stringify(words("at dawn")));
  writeFileSync(join(cwd, "dusk.json"), JSON.stringify(words("at dusk")));
  // Each command closes its studio; these share one.
  const shared = { ...studio, stop: async () => {} };
  const cli = async (...args: string[]) => {
    const result = await runCli(args, { studio: shared, cwd });
    return { ...result, json: () => JSON.parse(result.stdout) };
  };
  return { cli, cwd };
}

describe("templates on the command line", () => {
  test("a stored graph is published, run by its id, and rolled back", async () => {
    const { cli } = await world();
    expect((await cli("publish", "poster")).exitCode).toBe(2);
    await cli("import", "poster.json");
    expect((await cli("publish", "poster", "--notes", "dawn")).stdout).toContain("revision 1");
    await cli("import", "dusk.json", "--replace");
    expect((await cli("publish", "poster", "--json")).json()).toMatchObject({ revision: 2, current: true });

    const run = async (...args: string[]) => (await cli("run", ...args, "--input", "product=a lamp", "--json")).json();
    expect(await run("poster")).toMatchObject({
      status: "succeeded",
      template: { id: "poster", revision: 2 },
      outputs: { words: { text: [{ text: "a lamp at dusk" }] } },
    });
    expect((await run("poster@1")).outputs.words.text[0].text).toBe("a lamp at dawn");
    expect((await cli("templates", "poster", "--current", "1", "--json")).json().revisions).toMatchObject([
      { revision: 2, current: false },
      { revision: 1, current: true, notes: "dawn" },
    ]);
    expect((await run("poster")).template.revision).toBe(1);
    expect((await cli("templates")).stdout).toContain("poster");
    expect((await cli("estimate", "poster", "--input", "product=x", "--json")).json()).toMatchObject({ calls: 0 });
  });

  test("a graph file is stored and published in one go, anew when it changed", async () => {
    const { cli } = await world();
    expect((await cli("publish", "poster.json", "--json")).json()).toMatchObject({ revision: 1, graphRevision: 1 });
    expect((await cli("publish", "dusk.json", "--json")).json()).toMatchObject({ revision: 2, graphRevision: 2 });
    const ran = await cli("run", "poster", "--input", "product=a lamp", "--json");
    expect(ran.json().outputs.words.text[0].text).toBe("a lamp at dusk");
  });

  test("what is not there is exit 2 with a sentence, and what was taken back does not run", async () => {
    const { cli } = await world();
    for (const args of [
      ["run", "poster"],
      ["run", "missing.json"],
      ["templates", "poster"],
      ["templates", "--unpublish"],
    ])
      expect([args, (await cli(...args)).exitCode]).toEqual([args, 2]);
    expect((await cli("run", "poster")).stderr).toContain("neither a file");
    await cli("import", "poster.json");
    await cli("publish", "poster");
    expect((await cli("run", "poster@9", "--input", "product=x")).exitCode).toBe(2);
    expect((await cli("templates", "poster", "--unpublish")).exitCode).toBe(0);
    expect((await cli("run", "poster", "--input", "product=x")).exitCode).toBe(2);
  });

  test("a file of that name wins over a template", async () => {
    const { cli, cwd } = await world();
    await cli("import", "poster.json");
    await cli("publish", "poster");
    writeFileSync(join(cwd, "poster"), readFileSync(join(cwd, "dusk.json")));
    const run = (await cli("run", "poster", "--input", "product=x", "--json")).json();
    expect([run.template, run.outputs.words.text[0].text]).toEqual([undefined, "x at dusk"]);
  });

  test("a template leaves as JSON and as a bundle with a table, and comes back as a draft", async () => {
    const { cli, cwd } = await world();
    await cli("import", "poster.json");
    await cli("publish", "poster");
    expect((await cli("export", "poster", "--out", "out")).exitCode).toBe(0);
    writeFileSync(join(cwd, "rows.csv"), "product\na lamp\n");
    expect((await cli("export", "poster", "--out", "out", "--table", "rows.csv")).exitCode).toBe(0);
    expect(readdirSync(join(cwd, "out")).sort()).toEqual(["Poster.template.json", "Poster.zip"]);
    const json = (await cli("import", "out/Poster.template.json", "--json")).json();
    expect(json).toMatchObject({ id: expect.stringMatching(/^poster-/), allowed: true, contacts: [] });
    const zip = (await cli("import", "out/Poster.zip", "--json")).json();
    expect(zip.table).toMatch(/^sha256:/);
    expect((await cli("import", "out/Poster.zip", "--id", "x")).exitCode).toBe(2);
    expect((await cli("export", "nobody", "--out", "out")).exitCode).toBe(2);
    expect((await cli("export", "poster", "--as", "json", "--table", "rows.csv", "--out", "out")).exitCode).toBe(2);
  });
});
