import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ExportOptions } from "#lib/protocol/exports.ts";
import { busy } from "../../adapters/sharp/pictures.ts";
import { edge, graph, node } from "../test-studio.ts";
import { anExportingStudio, closeAll } from "./an-exporting-studio.ts";

/** A program of the machine, not of this project: `apt-get install libimage-exiftool-perl`. */
const program = "exiftool";
const there = spawnSync(program, ["-ver"]).status === 0;
afterAll(closeAll);

/** What an independent program reads in a file. */
function read(bytes: Buffer, name: string): Record<string, unknown> {
  const file = join(mkdtempSync(join(tmpdir(), "exiftool-")), name);
  writeFileSync(file, bytes);
  const [tags] = JSON.parse(execFileSync(program, ["-j", "-G1", file], { encoding: "utf8" })) as Record<
    string,
    unknown
  >[];
  return tags ?? {};
}

describe.skipIf(!there)("exiftool (where the machine has it) reads in an export", () => {
  it.each(["png", "jpeg", "webp", "psd"] as const)(
    "%s: title, alt text, source type, model and credit, and no more",
    async (as) => {
      const set = await anExportingStudio({ creator: "Ada", credit: "Kite Co" });
      const asset = await set.put(busy(48, 32));
      const run = await set.go(
        graph(
          [
            node("draw", "drawn", { asset }),
            node("keep", "archive", { name: "kite", title: "Kite & Co", alt: "a <kite>, ü" }),
          ],
          [edge("draw.image", "keep.image")],
        ),
      );
      const [entry] = await set.journal.entries({ runId: run.runId, limit: 1 });
      const { bytes, name } = await set.exports.one(
        { entry: entry!.id },
        ExportOptions.parse({ as, credentials: "sign" }),
      );
      const tags = read(bytes, name);
      expect(tags).toMatchObject({
        "XMP-dc:Title": "Kite & Co",
        "XMP-iptcCore:AltTextAccessibility": "a <kite>, ü",
        "XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "XMP-xmp:CreatorTool": "Throughline 0.0.1 (gpt-image-2)",
        "XMP-photoshop:Credit": "Kite Co",
        "XMP-dc:Creator": "Ada",
      });
      expect(tags["ExifTool:Warning"]).toBeUndefined();
      expect(Object.keys(tags).filter((tag) => /GPS|Serial|Prompt|OwnerName/i.test(tag))).toEqual([]);
      if (as === "png" || as === "jpeg") expect(JSON.stringify(tags)).toContain("c2pa.created");
    },
  );
});
