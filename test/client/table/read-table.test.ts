import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "#lib/client/table/decode-text.ts";
import { guessDelimiter } from "#lib/client/table/guess-delimiter.ts";
import { readDelimited, TableError } from "#lib/client/table/read-delimited.ts";
import { letters, readPastedTable, readTableFile, TABLE_LIMITS, tableOf } from "#lib/client/table/read-table.ts";
import { writeCells } from "#lib/client/table/write-cells.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, big: boolean, mark = true): Uint8Array => {
  const bytes = [...(mark ? "\uFEFF" : ""), ...text].flatMap((c) => {
    const code = c.charCodeAt(0);
    return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
  return Uint8Array.from(bytes);
};
const file = (text: string, header = true) => tableOf(readTableFile(utf8(text)), header);
const paste = (text: string, header = true) => tableOf(readPastedTable(text), header);
const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof TableError) return [error.code, error.line];
    throw error;
  }
  return undefined;
};

describe("a table file", () => {
  test("is read with commas, semicolons and tabs, with quotes and line ends inside cells", () => {
    const wanted = { columns: ["name", "says"], rows: [["Ö, ä", 'two\nlines and a "word"']] };
    for (const [text] of [
      ['name,says\r\n"Ö, ä","two\nlines and a ""word"""\r\n'],
      ['name;says\n"Ö, ä";"two\r\nlines and a ""word"""'],
      ['name\tsays\nÖ, ä\t"two\nlines and a ""word"""\n\n'],
    ] as const)
      expect(file(text)).toMatchObject(wanted);
  });

  test("is read as UTF-8 and UTF-16 with a mark and without, and as old Windows text with a word about it", () => {
    const text = "name,city\nZoë,Tromsø\n";
    for (const bytes of [
      utf8(text),
      utf8(`\uFEFF${text}`),
      utf16(text, false),
      utf16(text, true),
      utf16(text, false, false),
    ])
      expect(tableOf(readTableFile(bytes), true)).toMatchObject({
        columns: ["name", "city"],
        rows: [["Zoë", "Tromsø"]],
      });
    expect(decodeText(utf16("a,b\nc,d\n", true, false)).encoding).toBe("utf-16be");
    const windows = readTableFile(Uint8Array.from([...utf8("name\nZo"), 0xeb]));
    expect(tableOf(windows, true).rows).toEqual([["Zoë"]]);
    expect(windows.note).toContain("not UTF-8");
  });

  test("Excel's own line about the delimiter is understood and not shown; lines keep their numbers", () => {
    expect(file("sep=;\nname;price\nshoe;1,5\n")).toEqual({
      columns: ["name", "price"],
      rows: [["shoe", "1,5"]],
      lines: [3],
    });
  });

  test("CS-002 an unclosed quote is named with its line, 100,001 quotes at once as well", () => {
    expect(codeOf(() => file('a,b\n1,2\n3,4\n5,6\n"7,8\n9,10\n'))).toEqual(["CSV_MALFORMED", 5]);
    expect(codeOf(() => file(`a,b\n${'"'.repeat(100_001)},1\n`))).toEqual(["CSV_MALFORMED", 2]);
    expect(codeOf(() => file('a,b\n"x"y,2\n'))).toEqual(["CSV_MALFORMED", 2]);
  });

  test("CS-003 two columns of one name, whatever its case, and a column without a name are refused", () => {
    expect(codeOf(() => file("a,a,a\n1,2,3\n"))?.[0]).toBe("DUPLICATE_COLUMN");
    expect(codeOf(() => file("\uFEFFa,A\n1,2\n"))?.[0]).toBe("DUPLICATE_COLUMN");
    expect(codeOf(() => file("a,,c\n1,2,3\n"))?.[0]).toBe("EMPTY_COLUMN");
  });

  test("CS-001 more rows, columns or bytes than a table holds are refused", () => {
    expect(codeOf(() => file(`a\n${"1\n".repeat(TABLE_LIMITS.rows + 1)}`))?.[0]).toBe("TOO_MANY_ROWS");
    expect(file(`a\n${"1\n".repeat(TABLE_LIMITS.rows)}`).rows).toHaveLength(TABLE_LIMITS.rows);
    const names = Array.from({ length: 201 }, (_, i) => `c${i}`).join(",");
    expect(codeOf(() => file(`${names}\n${names}\n`))?.[0]).toBe("TOO_MANY_COLUMNS");
    expect(codeOf(() => file(`a,b\n1,2\n3,${"é".repeat(16_500)}\n`))).toEqual(["CELL_TOO_LONG", 3]);
    expect(codeOf(() => readTableFile(new Uint8Array(11 * 1024 * 1024)))?.[0]).toBe("FILE_TOO_LARGE");
  });

  test("a ragged line is named; a workbook and a picture are told apart from a table", () => {
    expect(codeOf(() => file("a,b\n1,2\n3\n"))).toEqual(["CSV_RAGGED", 3]);
    expect(codeOf(() => readTableFile(utf8("PK\u0003\u0004")))?.[0]).toBe("NOT_A_TABLE");
    expect(codeOf(() => file(""))?.[0]).toBe("TABLE_EMPTY");
    expect(codeOf(() => file("a,b\n"))?.[0]).toBe("TABLE_EMPTY");
  });
});

describe("a pasted table", () => {
  test("is split at its tabs, whatever else its cells hold; empty columns on the right are left out", () => {
    expect(paste("product\tprice\t\nShoe, red\t1,5\t\n\t\t\n")).toMatchObject({
      columns: ["product", "price"],
      rows: [["Shoe, red", "1,5"]],
    });
  });

  test("cells keep the quotes a spreadsheet does not escape, and lose those it adds", () => {
    expect(paste('a\tb\n"Hello" she said\t5" pipe\n"two\nlines"\t"""q"""\n').rows).toEqual([
      ['"Hello" she said', '5" pipe'],
      ["two\nlines", '"q"'],
    ]);
    expect(paste('a\tb\n"never closed\tx\n').rows).toEqual([['"never closed', "x"]]);
  });

  test("lines of prose with commas are one column", () => {
    expect(paste("A red shoe, on snow\nA blue one\nGreen, small, wet\n", false)).toMatchObject({ columns: ["A"] });
  });

  test("what is copied from the grid is read back as it was", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', "\n", "\t", ",", ";", " ", "🐕") });
    const rows = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(rows, (written) => {
        const read = readDelimited(writeCells(written), "\t", { lenient: true });
        expect(read.map(({ cells }) => cells)).toEqual(written);
      }),
    );
  });
});

test("columns without names are named as spreadsheets do", () => {
  expect([0, 25, 26, 701, 702].map(letters)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
});

test("the delimiter is the one that splits every line alike", () => {
  expect(guessDelimiter("a;b\n1,5;2\n3;4,5\n", "file")).toBe(";");
  expect(guessDelimiter("a,b;c\n1,2;3\n", "file")).toBe(",");
  expect(guessDelimiter("only\n1\n", "file")).toBe(",");
});
