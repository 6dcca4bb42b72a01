import { describe, expect, test } from "vitest";
import { GraphInput } from "#lib/protocol/graph.ts";
import { InvalidError } from "#lib/protocol/problems.ts";
import { combineRows } from "#lib/protocol/table/combine-rows.ts";
import { mapColumns } from "#lib/protocol/table/map-columns.ts";
import { escapeCell, writeCsv } from "#lib/protocol/table/write-csv.ts";

const inputs = [
  { key: "product" },
  { key: "backDrop", title: "Back drop colour" },
  { key: "size", type: "number" },
].map((input) => GraphInput.parse(input));
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof InvalidError ? error.problems[0]?.code : String(error);
  }
  return undefined;
};

describe("columns go to inputs", () => {
  test("of the same name, whatever its case and spaces; others stay", () => {
    expect([...mapColumns([" Product ", "back drop", "SIZE", "sku"], inputs)]).toEqual([
      [" Product ", "product"],
      ["back drop", "backDrop"],
      ["SIZE", "size"],
    ]);
  });
  test("of the same title where no key is called so", () => {
    expect([...mapColumns(["Back Drop Colour"], inputs)]).toEqual([["Back Drop Colour", "backDrop"]]);
  });
  test("that are named, before those of the same name", () => {
    expect([...mapColumns(["sku", "product"], inputs, { SKU: "product" })]).toEqual([["sku", "product"]]);
    expect([...mapColumns(["product"], inputs, { product: null })]).toEqual([]);
  });
  test.each([
    ["UNKNOWN_COLUMN", { nothing: "product" }],
    ["UNKNOWN_INPUT", { sku: "price" }],
    ["DUPLICATE_INPUT", { sku: "product", size: "product" }],
  ])("%s is refused", (code, given) => {
    expect(codeOf(() => mapColumns(["sku", "product", "size"], inputs, given))).toBe(code);
  });
});

describe("the product of columns", () => {
  const table = {
    columns: ["colour", "note", "size"],
    rows: [
      ["red", "x", "S"],
      ["blue", "y", ""],
      ["red", "", "M"],
    ],
  };
  test("is every combination of what the used columns hold, the first changing slowest", () => {
    expect(combineRows(table, [0, 2], "product").rows).toEqual([
      ["red", "", "S"],
      ["red", "", "M"],
      ["blue", "", "S"],
      ["blue", "", "M"],
    ]);
    expect(combineRows(table, [0, 2], "zip")).toBe(table);
  });
  test("CS-001 is refused before it is made when it would be too long", () => {
    const long = { columns: ["a", "b"], rows: Array.from({ length: 200 }, (_, n) => [`a${n}`, `b${n}`]) };
    expect(codeOf(() => combineRows(long, [0, 1], "product"))).toBe("TOO_MANY_ROWS");
  });
});

describe("CS-005 an exported table", () => {
  test.each([
    "=HYPERLINK(1)",
    "+cmd|'/c calc'!A1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uFF1D1",
    "\uFF0B1",
    "\uFF0D1",
    "\uFF201",
  ])("says %j as text", (cell) => {
    expect(escapeCell(cell, false)).toBe(`'${cell}`);
    expect(escapeCell(cell, true)).toBe(`'${cell}`);
    expect(writeCsv([[cell]], [true])).toMatch(/^"'/);
  });
  test("keeps -5.2 a number where the column is numeric, and nowhere else", () => {
    expect(writeCsv([["-5.2", "-5.2", "plain, or not"]], [true, false, false])).toBe(`-5.2,"'-5.2","plain, or not"\n`);
  });
  test("keeps quotes and line ends inside cells", () => {
    expect(writeCsv([['say "yes"', "two\nlines"]], [false, false])).toBe('"say ""yes""","two\nlines"\n');
  });
});
