import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFile } from "#lib/client/table/read-file.ts";
import { readPasted } from "#lib/client/table/read-pasted.ts";
import { writeCells } from "#lib/client/table/write-cells.ts";

describe("a pasted table", () => {
  test("is split at its tabs, whatever else its cells hold; blank lines are left out and the others keep their numbers", () => {
    expect(readPasted("product\tprice\nShoe, red\t1,5\n\t\nBoot\t2\r\n")).toEqual({
      records: [
        ["product", "price"],
        ["Shoe, red", "1,5"],
        ["Boot", "2"],
      ],
      lines: [1, 2, 4],
    });
  });

  test("cells keep the quotes a spreadsheet does not escape, and lose those it adds", () => {
    expect(readPasted('a\tb\n"Hello" she said\t5" pipe\n"two\nlines"\t"""q"""\nx\ty').records).toEqual([
      ["a", "b"],
      ['"Hello" she said', '5" pipe'],
      ["two\nlines", '"q"'],
      ["x", "y"],
    ]);
    expect(readPasted('"two\nlines"\ta\nx\ty').lines).toEqual([1, 3]);
    expect(readPasted('a\tb\n"never closed\tx\n').records[1]).toEqual(['"never closed', "x"]);
  });

  test("a text without tabs is split by what splits every line alike; prose is one column", () => {
    expect(readPasted("a;b\n1,5;2\n3;4\n").records[1]).toEqual(["1,5", "2"]);
    expect(readPasted('a,b\n"x, y",2\n').records[1]).toEqual(["x, y", "2"]);
    expect(readPasted("A red shoe, on snow\nA blue one\nGreen, small, wet\n").records[0]).toEqual([
      "A red shoe, on snow",
    ]);
  });

  test("CS-002 100,001 quotes are read without hanging", () => {
    expect(readPasted(`a\tb\n${'"'.repeat(100_001)}\t1\n${'""x\t'.repeat(20_000)}`).records).toHaveLength(3);
  });

  test("what is copied from the grid is read back as it was", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', "\n", "\t", ",", ";", " ", "🐕") });
    const row = fc.tuple(fc.constant("x"), cell, cell);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        expect(readPasted(writeCells(rows)).records).toEqual(rows);
      }),
    );
  });
});

test("a file in an old Windows encoding is read with a word about it", () => {
  const bytes = Uint8Array.from([
    ...new TextEncoder().encode("name;city\nZo"),
    0xeb,
    ...new TextEncoder().encode(";x\n"),
  ]);
  expect(readFile(bytes)).toMatchObject({
    records: [
      ["name", "city"],
      ["Zoë", "x"],
    ],
    note: expect.stringContaining("not UTF-8"),
  });
  expect(readFile(new TextEncoder().encode("name\nZoë\n")).note).toBeUndefined();
});
