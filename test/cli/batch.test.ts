import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { BatchRow } from "#lib/protocol/batches.ts";
import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { cli, cliJson, newPlace, type Place, startCli } from "./spawn-cli.ts";

const words = (text: string, ...inputs: object[]) => ({
  id: "words",
  name: "Words",
  inputs: [{ key: "product", type: "text", required: true }, ...inputs],
  nodes: [{ id: "words", type: "prompt", config: { text } }],
});
const asTyped = (place: Place, name: string, text: string | Uint8Array) => {
  writeFileSync(join(place.cwd, name), text);
  return name;
};
const batch = (place: Place, ...args: string[]) => cliJson(place, "batch", "g.json", ...args);

describe("batch", () => {
  test("runs every row, writes rows.csv and a folder for each row, and prints one document", async () => {
    const place = newPlace();
    place.write("g.json", words("{{product}}, {{ light }}", { key: "light", type: "text" }));
    asTyped(
      place,
      "rows.csv",
      Buffer.from('\uFEFFSKU\tPRO DUCT\tWhen\n1\t"a ""red""\nkite"\tdusk\n2\t凧\tdawn\n', "utf16le"),
    );
    const made = await batch(place, "--rows", "rows.csv", "--map", "When=light", "--out", "made");
    expect(made.code).toBe(0);
    expect(made.json).toMatchObject({
      status: "succeeded",
      costUsd: 0,
      total: 2,
      batchId: expect.stringMatching(/^batch_/),
    });
    const rows = made.json.rows as BatchRow[];
    expect(rows.map(({ index, status, cells }) => [index, status, cells[1]])).toEqual([
      [0, "succeeded", 'a "red"\nkite'],
      [1, "succeeded", "凧"],
    ]);
    expect(rows[1]?.outputs.words?.text).toMatchObject([{ text: "凧, dawn" }]);
    expect(made.json.files.every((file: string) => isAbsolute(file) && existsSync(file))).toBe(true);
    expect(made.json.files).toContain(join(place.cwd, "made", "rows.csv"));
    expect(rows[0]?.files).toEqual([join(place.cwd, "made", "row-0001", "run.json")]);
    const result = readCsv(readFileSync(join(place.cwd, "made", "rows.csv"), "utf8"));
    expect(result.columns).toEqual(["SKU", "PRO DUCT", "When", "_status", "_run", "_cost_usd", "_files", "_error"]);
    expect(result.rows[1]).toEqual(["2", "凧", "dawn", "succeeded", rows[1]?.runId, "0", "row-0002/run.json", ""]);
    expect((await cli(place, "show", rows[1]?.runId ?? "")).code).toBe(0);
    expect(await cli(place, "resume", made.json.batchId)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("Nothing is left"),
    });
  });

  test("an input without a column may be given for all rows, and the product of columns is every combination", async () => {
    const place = newPlace();
    place.write(
      "g.json",
      words("{{product}} {{size}} {{note}}", { key: "size", type: "number" }, { key: "note", type: "text" }),
    );
    asTyped(place, "rows.csv", "product;size\nhat;1\ncap;2\n");
    const made = await batch(place, "--rows", "rows.csv", "--combine", "product", "--input", "note=new");
    const texts = (made.json.rows as BatchRow[]).map(({ outputs }) => outputs.words?.text?.[0]);
    expect(texts).toMatchObject(["hat 1 new", "hat 2 new", "cap 1 new", "cap 2 new"].map((text) => ({ text })));
  });

  test("pictures in cells are files beside the table, each stored once; one that is not there is named by its cell", async () => {
    const place = newPlace();
    place.write("g.json", {
      id: "photos",
      inputs: [{ key: "photo", type: "image", required: true }],
      nodes: [{ id: "ref", type: "reference", config: { assets: { $input: "photo" } } }],
    });
    mkdirSync(join(place.cwd, "in"));
    const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#224466" } })
      .png()
      .toBuffer();
    asTyped(place, "in/a.png", picture);
    asTyped(place, "in/rows.csv", "photo,n\na.png,1\na.png,2\n");
    const made = await batch(place, "--rows", "in/rows.csv", "--out", "made");
    expect(made.code, made.stderr).toBe(0);
    const assets = (made.json.rows as BatchRow[]).map(
      ({ outputs }) => (outputs.ref?.image?.[0] as { asset?: string } | undefined)?.asset,
    );
    expect(new Set(assets).size).toBe(1);
    expect((made.json.rows as BatchRow[])[0]?.cells).toEqual(["a.png", "1"]);
    expect(existsSync(join(place.cwd, "made/row-0002/ref-1.png"))).toBe(true);
    asTyped(place, "in/rows.csv", "photo,n\na.png,1\ngone.png,2\n");
    const missing = await batch(place, "--rows", "in/rows.csv");
    expect(missing).toMatchObject({ code: 2, json: { problems: [{ code: "FILE_UNREADABLE", field: "photo" }] } });
    expect(missing.stderr).toContain('Row 2 (line 3), column "photo"');
  });

  test.each([
    ["a ragged line", "product,b\n1,2\n3\n", /Line 3 \(row 2\)/],
    ["doubled columns", "product,Product\n1,2\n", /both called/],
    ["an open quote", 'product\n"1\n', /never closed/],
    ["a cell that does not fit", "product,size\nhat,large\n", /Row 1 \(line 2\), column "size"/],
  ])("%s is exit 2, named, and nothing runs", async (_what, csv, says) => {
    const place = newPlace();
    place.write("g.json", words("{{product}} {{size}}", { key: "size", type: "number" }));
    asTyped(place, "rows.csv", csv);
    const { code, stderr, json } = await batch(place, "--rows", "rows.csv");
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(json).toMatchObject({ status: "invalid" });
    expect((await cliJson(place, "runs")).json.runs).toEqual([]);
  });

  test.each([
    [["batch", "g.json"], "NO_TABLE"],
    [["batch", "g.json", "--rows", "rows.csv", "--only", "most"], "BAD_OPTION"],
    [["batch", "g.json", "--rows", "rows.csv", "--only", "failed"], "UNKNOWN_BATCH"],
    [["batch", "g.json", "--batch", "batch_x"], "UNKNOWN_BATCH"],
    [["batch", "g.json", "--rows", "rows.csv", "--map", "nothing=product"], "UNKNOWN_COLUMN"],
    [["resume", "batch_x"], "UNKNOWN_BATCH"],
  ])("%j is exit 2", async (args, code) => {
    const place = newPlace();
    place.write("g.json", words("{{product}}"));
    asTyped(place, "rows.csv", "product\nhat\n");
    expect(await cliJson(place, ...args)).toMatchObject({ code: 2, json: { problems: [{ code }] } });
  });

  test("--only goes on with the latest batch of the same graph and table, or with chosen rows of a new one", async () => {
    const place = newPlace();
    place.write("g.json", words("{{product}}"));
    asTyped(place, "rows.csv", "product\nhat\ncap\nbag\n");
    const some = await batch(place, "--rows", "rows.csv", "--only", "1,3");
    expect(some).toMatchObject({ code: 0, json: { counts: { succeeded: 2, empty: 1 } } });
    const rest = await batch(place, "--rows", "rows.csv", "--only", "empty");
    expect(rest).toMatchObject({ code: 0, json: { batchId: some.json.batchId, counts: { succeeded: 3 } } });
    expect(await batch(place, "--rows", "rows.csv", "--only", "failed")).toMatchObject({
      code: 0,
      json: { batchId: some.json.batchId },
    });
  });

  test("estimate --rows tells what the whole would cost and starts nothing", async () => {
    const place = newPlace();
    place.write("g.json", {
      ...words("{{product}}"),
      nodes: [
        { id: "words", type: "prompt", config: { text: "{{product}}" } },
        { id: "hero", type: "generate", config: {} },
      ],
      edges: [{ id: "e", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" }],
    });
    asTyped(place, "rows.csv", "product\nhat\ncap\nhat\n");
    const { json, code } = await cliJson(place, "estimate", "g.json", "--rows", "rows.csv");
    expect(code).toBe(0);
    expect(json).toMatchObject({ rows: 3, calls: 2, freeRows: 1, simulated: true });
    expect((await cliJson(place, "runs")).json.runs).toEqual([]);
  });

  test("a refused row is exit 1; an interruption is 130, says how to go on, and the resume finishes the table", async () => {
    const place = newPlace();
    place.write("g.json", {
      ...words("{{product}}"),
      nodes: [
        { id: "words", type: "prompt", config: { text: "{{product}}" } },
        { id: "hero", type: "generate", config: { size: "1024x640", partials: 0 } },
      ],
      edges: [{ id: "e", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" }],
    });
    asTyped(
      place,
      "rows.csv",
      `product\n${Array.from({ length: 14 }, (_, n) => (n === 13 ? "nude figure" : `hat ${n}`)).join("\n")}\n`,
    );
    const running = startCli(place, ["batch", "g.json", "--rows", "rows.csv", "--json"]);
    await running.says("succeeded row");
    running.child.kill("SIGINT");
    const ended = await running.ended;
    expect(ended.code, ended.stderr).toBe(130);
    const { batchId, counts } = JSON.parse(ended.stdout);
    expect(counts.succeeded).toBeLessThan(13);
    expect(ended.stderr).toContain(`npx throughline resume ${batchId}`);
    const resumed = await cliJson(place, "resume", batchId);
    expect(resumed).toMatchObject({ code: 1, json: { status: "failed", counts: { succeeded: 13, failed: 1 } } });
  }, 60_000);
});
