import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Starter } from "#lib/client/library/starters.ts";
import { SheetFile } from "#lib/protocol/sheet-file.ts";

const shipped = (path: string) => fileURLToPath(new URL(`../../../public${path}`, import.meta.url));
const starters = JSON.parse(readFileSync(shipped("/sheets/index.json"), "utf8")) as Starter[];

describe("the sheets that come along", () => {
  it("are three", () => expect(starters).toHaveLength(3));
  it.each(starters)("$name is a sheet under its own name, with a picture", ({ id, name, file, picture, opening }) => {
    const { sheet, parents } = SheetFile.parse(JSON.parse(readFileSync(shipped(file), "utf8")));
    expect(sheet).toMatchObject({ id, name, samples: [], sheetVersion: 1 });
    expect(sheet.text.startsWith(opening)).toBe(true);
    expect(parents).toEqual([]);
    expect(existsSync(shipped(picture))).toBe(true);
  });
});
