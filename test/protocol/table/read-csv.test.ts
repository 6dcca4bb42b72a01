import { describe, expect, test } from "vitest";
import { LIMITS } from "#lib/protocol/limits.ts";
import { InvalidError, type Problem } from "#lib/protocol/problems.ts";
import { readCsv, readTableFile } from "#lib/protocol/table/read-csv.ts";

const problemsOf = (read: () => unknown): Problem[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidError) return error.problems;
    throw error;
  }
  return [];
};
const utf16 = (text: string, mark: boolean, big = false): Uint8Array => {
  const bytes = Buffer.from(`${mark ? "\uFEFF" : ""}${text}`, "utf16le");
  return big ? bytes.swap16() : bytes;
};

describe("a table file", () => {
  test.each([
    ["commas", "name,size\nHat,3\n"],
    ["semicolons, though a cell has commas", "name;size\nHat;3\n"],
    ["tabs", "name\tsize\nHat\t3\n"],
    ["a byte order mark", "\uFEFFname,size\nHat,3\n"],
    ["a spreadsheet's own word for its delimiter", "sep=;\r\nname;size\r\nHat;3\r\n"],
    ["Windows line ends and empty lines", "name,size\r\n\r\nHat,3\r\n\r\n"],
    ["no line end after the last row", "name,size\nHat,3"],
  ])("is recognised with %s", (_how, text) => {
    expect(readTableFile(Buffer.from(text))).toMatchObject({ columns: ["name", "size"], rows: [["Hat", "3"]] });
  });

  test.each([
    ["UTF-16 little endian with its mark", utf16("name\tsize\nÉté\t3\n", true)],
    ["UTF-16 big endian with its mark", utf16("name\tsize\nÉté\t3\n", true, true)],
    ["UTF-16 without a mark", utf16("name,size\nÉté,3\n", false)],
    ["Windows-1252", Buffer.from("name;size\n\xc9t\xe9;3\n", "latin1")],
    ["UTF-8", Buffer.from("name;size\nÉté;3\n")],
  ])("is read as %s", (_how, bytes) => {
    expect(readTableFile(bytes).rows).toEqual([["Été", "3"]]);
  });

  test("keeps quotes, delimiters and line ends inside cells, and knows where each row began", () => {
    const table = readCsv('name,words\n"Hat, red","She said ""yes""\r\nand 漢字 👟"\nCap,plain\n');
    expect(table.rows).toEqual([
      ["Hat, red", 'She said "yes"\nand 漢字 👟'],
      ["Cap", "plain"],
    ]);
    expect(table.lines).toEqual([2, 4]);
  });

  test("a quote within a cell that does not begin with one is a character like any other", () => {
    expect(readCsv('name,size\n5" pipe,3\n').rows).toEqual([['5" pipe', "3"]]);
  });

  test("columns that are empty throughout at the right edge are left out", () => {
    expect(readCsv("a,b,,\n1,2,,\n").columns).toEqual(["a", "b"]);
  });

  test("a workbook is refused with what to do about it", () => {
    expect(problemsOf(() => readTableFile(Buffer.from("PK\u0003\u0004rest")))).toMatchObject([{ code: "NOT_A_TABLE" }]);
  });

  test("a table without rows is refused", () => {
    expect(problemsOf(() => readCsv("a,b\n"))).toMatchObject([{ code: "TABLE_EMPTY" }]);
    expect(problemsOf(() => readCsv(""))).toMatchObject([{ code: "TABLE_EMPTY" }]);
  });

  test("a ragged line is named by its number, whatever stands in the cells before it", () => {
    const problems = problemsOf(() => readCsv('a,b\n"1\n1",2\n\n3\n4,5,6\n'));
    expect(problems).toMatchObject([
      { code: "RAGGED_LINE", row: 1 },
      { code: "RAGGED_LINE", row: 2 },
    ]);
    expect(problems[0]?.message).toContain("Line 5 (row 2)");
    expect(problems[1]?.message).toContain("Line 6 (row 3)");
  });

  test("CS-001 what exceeds a limit is refused with the limit and the place", () => {
    const many = `a\n${"1\n".repeat(LIMITS.batchRows + 1)}`;
    expect(problemsOf(() => readCsv(many))).toMatchObject([{ code: "TOO_MANY_ROWS" }]);
    expect(problemsOf(() => readCsv(many))[0]?.message).toMatch(/10000 rows; row 10001/);
    expect(readCsv(`a\n${"1\n".repeat(LIMITS.batchRows)}`).rows).toHaveLength(LIMITS.batchRows);
    const wide = Array.from({ length: 201 }, (_, n) => `c${n}`).join(",");
    expect(problemsOf(() => readCsv(`${wide}\n${wide}\n`))).toMatchObject([
      { code: "TOO_MANY_COLUMNS", message: expect.stringContaining("201 columns; at most 200") },
    ]);
    const cell = problemsOf(() => readCsv(`a,b\n1,2\n3,${"x".repeat(33 * 1024)}\n`));
    expect(cell).toMatchObject([{ code: "CELL_TOO_LARGE", row: 1, field: "b" }]);
    expect(cell[0]?.message).toContain('(row 2), column 2 "b"');
    expect(problemsOf(() => readTableFile(Buffer.alloc(11 * 1024 * 1024, "a")))).toMatchObject([
      { code: "TABLE_TOO_LARGE", message: expect.stringContaining(String(LIMITS.tableBytes)) },
    ]);
  });

  test("CS-002 a quote that is never closed is named by its row, and a hundred thousand quotes take no time", () => {
    const problems = problemsOf(() => readCsv('a,b\n1,2\n1,2\n1,2\n1,2\n"1,2\n1,2\n'));
    expect(problems).toMatchObject([{ code: "CSV_MALFORMED", row: 4 }]);
    expect(problems[0]?.message).toContain("Row 5");
    expect(problemsOf(() => readCsv(`a,b\n1,${'"'.repeat(100_001)}\n`))).toMatchObject([{ code: "CSV_MALFORMED" }]);
  });

  test.each(["a,a,a", "a,,c", "Size,size", "\uFEFFa,A", "café,cafe\u0301"])(
    "CS-003 the header %j is refused",
    (header) => {
      const cells = header
        .split(",")
        .map(() => "1")
        .join(",");
      expect(problemsOf(() => readCsv(`${header}\n${cells}\n`))[0]).toMatchObject({ code: "DUPLICATE_COLUMN" });
    },
  );
});
