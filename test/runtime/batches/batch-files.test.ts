import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { zipNames } from "#lib/runtime/zip-names.ts";
import { edge, graph, node } from "#test/runtime/test-studio.ts";
import { openBatchStudio } from "./batch-of.ts";

/** Names its archive entry by what the row says. */
const archiving = () =>
  graph(
    [
      node("words", "prompt", { text: "{{product}}" }),
      node("hero", "generate", { partials: 0 }),
      node("keep", "archive", { name: "{{product}}", sidecar: false }),
    ],
    [edge("words.text", "hero.prompt"), edge("hero.image", "keep.image")],
    { id: "archiving", inputs: [{ key: "product", type: "text", required: true }] },
  );
const names = ["A", "a", "é", "e\u0301", "../../etc/cron.d/x", "CON"];
const table = { columns: ["product", "#"], rows: names.map((name, n) => [name, String(n)]) };

describe("the files of a batch", () => {
  test("NM-008 NM-011 rows that expand to one name, or twins of it, keep a file each, and the table says which is whose", async () => {
    const { go, batches } = await openBatchStudio();
    const batch = await go({ graph: archiving(), table });
    expect(batch.counts.succeeded).toBe(names.length);
    const folder = mkdtempSync(join(tmpdir(), "batch-files-"));
    const written = new Map<number, readonly string[]>();
    const { table: file } = await batches.exportFiles(batch.batchId, folder, (row, files) => written.set(row, files));
    const all = [...written.values()].flat();
    expect(new Set(all.map((path) => path.normalize("NFD").toLowerCase())).size).toBe(all.length);
    expect(all.every((path) => path.startsWith(`${folder}/row-`) && existsSync(path))).toBe(true);
    const rows = readCsv(readFileSync(file, "utf8"));
    const ofFiles = rows.columns.indexOf("_files");
    for (const [row, cells] of rows.rows.entries())
      expect(cells[ofFiles]?.split("; ").map((name) => join(folder, name))).toEqual(written.get(row));
    // Six names, six pictures: none was written over another.
    expect(all.filter((path) => path.endsWith(".png"))).toHaveLength(names.length);
  });

  test("never leave the folder, also where somebody planted a link under a row's name", async () => {
    const { go, batches } = await openBatchStudio();
    const batch = await go({ graph: archiving(), table: { columns: ["product"], rows: [["a"]] } });
    const folder = mkdtempSync(join(tmpdir(), "batch-files-"));
    const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
    symlinkSync(elsewhere, join(folder, "row-0001"));
    await expect(batches.exportFiles(batch.batchId, folder)).rejects.toMatchObject({ code: "NAME_UNSAFE" });
    expect(readdirSync(elsewhere)).toEqual([]);
    const inside = mkdtempSync(join(tmpdir(), "batch-files-"));
    await batches.exportFiles(batch.batchId, inside);
    expect(existsSync(join(inside, "row-0001", "a.png"))).toBe(true);
  });

  test("go into one archive, a row after the other, with the table at its end", async () => {
    const { go, batches } = await openBatchStudio();
    const batch = await go({ graph: archiving(), table });
    const chunks: Uint8Array[] = [];
    for await (const chunk of batches.zip(batch.batchId)) chunks.push(chunk);
    const found: string[] = [];
    let rows = "";
    for await (const entry of createZip({ names: zipNames }).read(Buffer.concat(chunks))) {
      found.push(entry.name);
      const bytes = await entry.bytes();
      if (entry.name === "rows.csv") rows = bytes.toString();
    }
    expect(found).toHaveLength(names.length + 1);
    expect(new Set(found).size).toBe(found.length);
    expect(found.at(-1)).toBe("rows.csv");
    const parsed = readCsv(rows);
    expect(parsed.rows.flatMap((cells) => cells[parsed.columns.indexOf("_files")]?.split("; "))).toEqual(
      found.slice(0, -1),
    );
  });

  test("a result table that is run again brings its own columns once", async () => {
    const { go, text } = await openBatchStudio();
    const first = await go({ graph: archiving(), table: { columns: ["product"], rows: [["a"]] } });
    const again = await go({ graph: archiving(), table: readCsv(await text(first.batchId)) });
    expect(readCsv(await text(again.batchId)).columns).toEqual([
      "product",
      "_status",
      "_run",
      "_cost_usd",
      "_files",
      "_error",
    ]);
  });
});
